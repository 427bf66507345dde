"""Pieces of a page that are drawn once for what they are given: ``{% load fragments %}``."""

from django import template
from django.utils.safestring import SafeString

from courses.freshness.fragments import Given, drawn

register = template.Library()


@register.simple_tag
def fragment(name: str, **given: Given) -> SafeString:
    """``{% fragment "components/site_footer.html" theme=theme %}``: as ``include … only`` would.

    Nothing else reaches the template, no request and no person; see ``courses.freshness``.
    """
    return drawn(name, **given)
