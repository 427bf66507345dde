"""Looks at every request before a view reads it."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse

from courses.whereabouts import in_editor

from .editor_fields import check_fields
from .formsets import check_formsets
from .searches import within_limits


class WellFormed:
    """400 for what no page sends and views, Wagtail's among them, would believe.

    Lists of blocks and rich text are looked at where they are read (``courses.blocks.lists``,
    ``courses.editor.rich_text``): only a form knows that one is missing.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: dict[str, Any]
    ) -> None:
        request.GET = within_limits(request.GET)  # type: ignore[assignment]  # a request's own
        # A view without that protection is for programs and reads the body as it came.
        if request.method == "POST" and not getattr(view, "csrf_exempt", False):
            check_formsets(request.POST)
        if in_editor(request):
            match = request.resolver_match
            assert match is not None  # this is only called once the address is resolved
            check_fields(request, match.view_name)
