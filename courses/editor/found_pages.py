"""Pages that a search or a chooser found: what their rows tell is asked once for all of them."""

from collections.abc import Sequence

from wagtail.models import Page

from courses.isolation.testers import ask_together
from courses.people import Visitor


def know_parents(pages: Sequence[Page]) -> None:
    """Which Wagtail looks for row by row, once to name it and once to say what may be done."""
    Page.objects.annotate_parent_page(pages)
    for page in pages:
        parent = getattr(page, "_parent_page", None)
        if parent is not None:
            page._cached_parent_obj = parent  # treebeard's


def complete(pages: Sequence[Page], user: Visitor) -> None:
    know_parents(pages)
    ask_together(pages, user)
