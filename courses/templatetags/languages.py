"""Whose language a text is in: ``{% load languages %}``.

The page speaks the reader's language, a course its own, a name its owner's. What is not said is
read out with the wrong voice, hyphenated by the wrong rules and set in the wrong direction.

- an element that holds a course's words alone: ``<h1{% written_in course.language %}>``;
- our own words inside such an element: ``<p{% written_in_ours course.language %}>``;
- a course's words in a sentence of ours: ``title=course.title|said_in:course.language``;
- a name in a sentence of ours: ``name=user.name|bdi``;
- either where no markup can stand (a title, an attribute, a plain mail): ``|isolated``.
"""

from babel.core import get_global
from django import template
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from courses.wording.apart import apart
from courses.words.direction import direction_of

register = template.Library()


def _ours() -> str:
    return get_language() or ""


@register.simple_tag
def written_in(language: str | None) -> SafeString:
    """`` lang="ar" dir="rtl"``; nothing when it is the page's language, or is not known."""
    ours = _ours()
    if not language or language in (ours, ours.partition("-")[0]):
        return mark_safe("")
    return _attributes(language)


@register.simple_tag
def written_in_ours(around: str | None) -> SafeString:
    """The language and direction of the interface, in an element written in ``around``."""
    return _attributes(_ours()) if _ours() and written_in(around) else mark_safe("")


@register.filter
def said_in(text: object, language: str | None) -> str:
    """``<bdi lang="ar" dir="rtl">…</bdi>``; the text alone when it is in the page's language."""
    attributes = written_in(language)
    return format_html("<bdi{}>{}</bdi>", attributes, text) if attributes else bdi(text)


@register.filter
def bdi(text: object) -> str:
    """``<bdi>…</bdi>`` where a letter runs against the page: the text's own begin it anew."""
    written = str(text or "")
    if apart(written) == written:
        return conditional_escape(text if isinstance(text, SafeString) else written)
    return format_html("<bdi>{}</bdi>", text)


@register.filter
def isolated(text: object) -> str:
    """Parted from a plain sentence that runs the other way."""
    return apart(text)


@register.filter
def open_graph_locale(language: str | None) -> str:
    """``ar_EG`` for ``"ar"``, as the Open Graph protocol writes languages; else the page's.

    The country is where most speakers are (CLDR's likely subtags).
    """
    code = (language or _ours() or "en").replace("-", "_")
    likely = get_global("likely_subtags").get(code, "")
    spoken, *_script, country = likely.split("_") if likely.count("_") == 2 else (code, "")
    return f"{spoken}_{country}" if country else code


def _attributes(language: str) -> SafeString:
    return format_html(' lang="{}" dir="{}"', language, direction_of(language))
