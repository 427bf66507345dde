"""The one page under which all courses stand."""

from typing import ClassVar

from wagtail.models import Page, PagePermissionTester


class CataloguePage(Page):
    """Parent of every course. Its public address is served by the storefront."""

    # What a person may do here; given by ``courses.wiring``, for it asks verbs.
    tester_class: ClassVar[type[PagePermissionTester]]

    parent_page_types = ["home.HomePage"]
    subpage_types = ["courses.CoursePage"]
    max_count = 1

    class Meta:
        verbose_name = "catalogue"

    def permissions_for_user(self, user):
        return self.tester_class(user, self)
