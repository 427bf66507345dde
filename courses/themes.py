"""The colours a reader has chosen."""

from django.http import HttpRequest

THEMES = frozenset({"light", "dark"})


def theme_of(request: HttpRequest) -> str:
    """``light``, ``dark`` or empty (as the device): a cookie, so that the first byte has it."""
    theme = request.COOKIES.get("theme", "")
    return theme if theme in THEMES else ""
