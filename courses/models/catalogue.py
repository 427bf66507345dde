"""The one page under which all courses stand."""

from wagtail.models import Page


class CataloguePage(Page):
    """Parent of every course. Its public address is served by the storefront."""

    parent_page_types = ["home.HomePage"]
    subpage_types = ["courses.CoursePage"]
    max_count = 1

    class Meta:
        verbose_name = "catalogue"

    def permissions_for_user(self, user):
        from courses.isolation.testers import CataloguePermissionTester  # asks about our models

        return CataloguePermissionTester(user, self)
