"""The panels beside a form: those that have something to tell."""

from functools import wraps
from typing import Any

from wagtail.admin.ui.side_panels import ChecksSidePanel, PageStatusSidePanel
from wagtail.admin.views.pages.create import CreateView
from wagtail.admin.views.pages.edit import EditView

from courses.models.drafts import DraftPage

# Who may see a page of a course is for the shop to say, and nothing refers to one.
UNTOLD = ("status/privacy.html", "status/usage.html")


def show_no_checks_that_count_nothing() -> None:
    for view_class in (CreateView, EditView):
        view_class.get_side_panels = _without_checks(view_class.get_side_panels)


def tell_of_a_course_what_holds_for_it() -> None:
    told = PageStatusSidePanel.get_status_templates

    @wraps(told)
    def get_status_templates(panel: Any, context: Any) -> list[str]:
        templates: list[str] = told(panel, context)
        if not isinstance(panel.object, DraftPage):
            return templates
        return [name for name in templates if not name.endswith(UNTOLD)]

    PageStatusSidePanel.get_status_templates = get_status_templates


def _without_checks(panels_of: Any) -> Any:
    @wraps(panels_of)
    def get_side_panels(view: Any) -> Any:
        panels = panels_of(view)
        panels[:] = [panel for panel in panels if not isinstance(panel, ChecksSidePanel)]
        return panels

    return get_side_panels
