"""The panels beside a form: those that have something to tell."""

from functools import wraps
from typing import Any

from wagtail.admin.ui.side_panels import ChecksSidePanel
from wagtail.admin.views.pages.create import CreateView
from wagtail.admin.views.pages.edit import EditView


def show_no_checks_that_count_nothing() -> None:
    for view_class in (CreateView, EditView):
        view_class.get_side_panels = _without_checks(view_class.get_side_panels)


def _without_checks(panels_of: Any) -> Any:
    @wraps(panels_of)
    def get_side_panels(view: Any) -> Any:
        panels = panels_of(view)
        panels[:] = [panel for panel in panels if not isinstance(panel, ChecksSidePanel)]
        return panels

    return get_side_panels
