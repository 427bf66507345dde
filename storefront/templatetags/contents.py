"""The contents of a course on sale: ``{% load contents %}``.

The lines are drawn once for what they say (``courses.freshness.fragments``): three hundred of them
are the same for every reader but for whether they may enter.
"""

from collections.abc import Iterable, Iterator

from django import template
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from courses.freshness.fragments import drawn
from courses.releases.outline import OutlineNode

register = template.Library()

LINE = "storefront/catalogue/course/contents_line.html"
INSIDE = "storefront/catalogue/course/contents_inside.html"


@register.simple_tag
def contents_list(
    nodes: Iterable[OutlineNode], enter: bool, language: str, drafts: str = ""
) -> SafeString:
    """Lessons, and the chapters inside a chapter; with ``enter`` every lesson leads somewhere.

    ``drafts`` is for the team: ``linked`` leads from each to its draft, ``plain`` leads nowhere.
    """
    return mark_safe("".join(_list(nodes, enter, language, drafts)))


@register.simple_tag
def contents_line(node: OutlineNode, enter: bool, language: str, drafts: str = "") -> SafeString:
    """One lesson."""
    return mark_safe(_line(node, enter, language, drafts))


def _list(nodes: Iterable[OutlineNode], enter: bool, language: str, drafts: str) -> Iterator[str]:
    yield "<ol>"
    for node in nodes:
        if node.is_chapter:
            yield '<li class="sub">'
            yield drawn(
                INSIDE,
                number=node.number,
                title=node.title,
                description=node.description,
                language=language,
            )
            yield from _list(node.children, enter, language, drafts)
            yield "</li>"
        else:
            yield _line(node, enter, language, drafts)
    yield "</ol>"


def _line(node: OutlineNode, enter: bool, language: str, drafts: str) -> str:
    return drawn(
        LINE,
        uuid=str(node.uuid),
        number=node.number,
        title=node.title,
        language=language,
        icon=node.icon,
        content_type=str(node.content_type),
        has_quiz=node.has_quiz,
        preview=node.preview,
        enter=enter,
        minutes=node.minutes,
        draft=reverse("wagtailadmin_pages:view_draft", args=[node.page_id])
        if drafts == "linked"
        else "",
        plain=drafts == "plain",
    )
