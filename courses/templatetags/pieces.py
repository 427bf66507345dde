"""Parts of a page that are drawn once for what they are given: ``{% load pieces %}``.

``{% piece "learners/study/where.html" done=3 total=12 %}`` is ``{% include … with … only %}``,
remembered (``courses.freshness.fragments``). A form in it may have its ``{% csrf_token %}``: the
reader's own is put in afterwards. ``{% around %}`` puts a reader's part into one that is kept
(``courses.freshness.kept``).
"""

from collections.abc import Callable
from secrets import token_hex
from typing import Any

from django import template
from django.utils.safestring import SafeString, mark_safe

from courses.freshness.fragments import drawn
from courses.freshness.kept import Drawn

register = template.Library()

# Stands where the token comes. Nobody can know it who writes a title: it is another one whenever
# the process starts.
TOKEN = f"\ue000{token_hex(16)}\ue001"


@register.simple_tag(takes_context=True)
def piece(context: template.Context, name: str, **given: Any) -> SafeString:
    """Takes text, numbers, yes and no, and keys; asks for the reader's token if it has a form."""
    return piece_with(lambda: str(context["csrf_token"]), name, **given)


def piece_with(token: Callable[[], str], name: str, **given: Any) -> SafeString:
    """The same, for whoever has no context."""
    html = drawn(name, csrf_token=TOKEN, **given)
    return mark_safe(html.replace(TOKEN, token())) if TOKEN in html else html


@register.simple_block_tag
def around(content: SafeString, drawn: Drawn) -> SafeString:
    """``{% around sheet %}…{% endaround %}``: what is kept for everybody, around one's own."""
    return drawn.around(content)
