"""A copy of what a draft says."""

from typing import Any

from django.utils.translation import gettext as _
from wagtail.models import Page

from courses.words.cutting import clip

from .digest import revised_fields

LONGEST = Page._meta.get_field("title").max_length


def says(draft: Page) -> dict[str, Any]:
    """What a release would take from the draft, by the names of columns."""
    return {field.attname: getattr(draft, field.attname) for field in revised_fields(type(draft))}


def copy_of(draft: Page) -> Page:
    """A page of the same kind that is no row yet and says the same; its place is not told."""
    return type(draft)(**says(draft))


def called_a_copy(title: str) -> str:
    """``Knots (copy)``, cut where a title ends."""
    named = _("%(title)s (copy)")
    return named % {"title": clip(title, LONGEST - len(named % {"title": ""}))}
