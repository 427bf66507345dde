"""What finding a course adds to the admin: the list of synonyms."""

from django.utils.translation import gettext_lazy as _
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from storefront.models import Synonyms


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
