"""The contents of a course on sale: ``{% load contents %}``.

The lines are drawn once for what they say (``courses.freshness.fragments``): three hundred of them
are the same for every reader but for whether they may enter.
"""

from collections.abc import Iterable, Iterator

from django import template
from django.utils.safestring import SafeString, mark_safe

from courses.freshness.fragments import drawn
from courses.releases.outline import OutlineNode

register = template.Library()

LINE = "storefront/catalogue/course/contents_line.html"
INSIDE = "storefront/catalogue/course/contents_inside.html"


@register.simple_tag
def contents_list(nodes: Iterable[OutlineNode], enter: bool, language: str) -> SafeString:
    """Lessons, and the chapters inside a chapter; with ``enter`` every lesson leads somewhere."""
    return mark_safe("".join(_list(nodes, enter, language)))


@register.simple_tag
def contents_line(node: OutlineNode, enter: bool, language: str) -> SafeString:
    """One lesson."""
    return mark_safe(_line(node, enter, language))


def _list(nodes: Iterable[OutlineNode], enter: bool, language: str) -> Iterator[str]:
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
            yield from _list(node.children, enter, language)
            yield "</li>"
        else:
            yield _line(node, enter, language)
    yield "</ol>"


def _line(node: OutlineNode, enter: bool, language: str) -> str:
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
    )
