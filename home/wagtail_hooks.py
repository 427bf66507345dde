"""Wagtail looks for hooks here; the rooms hold them."""

from wagtail_modeladmin.options import modeladmin_register

from home.help import hooks as help_hooks
from home.help.lists import InquiryAdmin

modeladmin_register(InquiryAdmin)

__all__ = ["help_hooks"]
