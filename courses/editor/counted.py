"""How many pictures and documents there are, about: on the dashboard."""

from typing import Any

from django.db.models import Model
from django.urls import reverse
from django.utils.translation import ngettext_lazy
from wagtail.admin.navigation import get_site_for_user
from wagtail.admin.site_summary import SummaryItem
from wagtail.permissions import policy_registry

from courses.models import CourseDocument, CourseImage
from courses.records.counting import count_rows

from .reports import CountedPages


class CountedFiles(SummaryItem):
    template_name = "courses/editor/counted_files.html"
    model: type[Model]
    list_name: str
    icon: str
    words: Any

    def is_shown(self) -> bool:
        policy = policy_registry.get_by_type(self.model)
        return bool(policy.user_has_any_permission(self.request.user, ["add", "change", "delete"]))

    def get_context_data(self, parent_context: dict[str, Any]) -> dict[str, Any]:
        policy = policy_registry.get_by_type(self.model)
        wanted = {"add", "change", "delete", "choose"}
        total = count_rows(policy.instances_user_has_any_permission_for(self.request.user, wanted))
        return {
            "url": reverse(self.list_name),
            "icon": self.icon,
            "said": self.words % {"number": total.number, "total": total},
            "site_name": get_site_for_user(self.request.user)["site_name"],
        }


class CountedImages(CountedFiles):
    order = 200
    model, list_name, icon = CourseImage, "wagtailimages:index", "image"
    words = ngettext_lazy("%(total)s image", "%(total)s images", "number")


class CountedDocuments(CountedFiles):
    order = 300
    model, list_name, icon = CourseDocument, "wagtaildocs:index", "doc-full"
    words = ngettext_lazy("%(total)s document", "%(total)s documents", "number")


# In place of Wagtail's items that show these, which count every row.
COUNTED: dict[str, type[SummaryItem]] = {
    "wagtailadmin/home/site_summary_pages.html": CountedPages,
    "wagtailimages/homepage/site_summary_images.html": CountedImages,
    "wagtaildocs/homepage/site_summary_documents.html": CountedDocuments,
}
