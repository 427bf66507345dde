"""The one page under which all courses stand."""

from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, PagePermissionTester

from courses.people import Visitor


class CataloguePage(Page):
    """Parent of every course. Its public address is served by the storefront."""

    # What a person may do here; given by ``courses.wiring``, for it asks verbs.
    tester_class: ClassVar[type[PagePermissionTester]]

    parent_page_types = ["home.HomePage"]
    subpage_types = ["courses.CoursePage"]
    max_count = 1
    preview_modes: list[Any] = []  # the storefront shows it, from what is released

    class Meta:
        verbose_name = _("catalogue")
        verbose_name_plural = _("catalogues")

    def permissions_for_user(self, user: Visitor) -> PagePermissionTester:
        return self.tester_class(user, self)
