"""Subjects, kept by admins."""

from django.utils.translation import gettext_lazy as _
from wagtail.snippets.views.snippets import SnippetViewSet

from courses.models import Category


class CategoryViewSet(SnippetViewSet):
    model = Category
    icon = "tag"
    menu_label = _("Categories")
    menu_order = 400
    add_to_admin_menu = True
    list_display = ["name", "pattern", "order"]
    search_fields = ["name"]
    ordering = ["order", "name"]
