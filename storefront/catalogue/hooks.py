"""What finding a course adds to the admin: the list of synonyms, and how a draft is shown."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from storefront.models import Synonyms

from .previews import preview_course


class SynonymsViewSet(SnippetViewSet):
    model = Synonyms
    icon = "search"
    menu_label = _("Synonyms")
    menu_order = 410
    add_to_admin_menu = True
    list_display = ["words", "language"]
    list_filter = ["language"]
    search_fields = ["words"]
    ordering = ["words", "pk"]


register_snippet(SynonymsViewSet)

hooks.register("preview_course", preview_course)
