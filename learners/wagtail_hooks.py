"""Wagtail looks for hooks here; the rooms hold them."""

from wagtail_modeladmin.options import modeladmin_register

from learners.access import hooks as access
from learners.accounts import hooks as accounts
from learners.accounts.lists import ApplicationAdmin
from learners.modeladmin import Learning
from learners.study import hooks as study

modeladmin_register(ApplicationAdmin)
modeladmin_register(Learning)

__all__ = ["access", "accounts", "study"]
