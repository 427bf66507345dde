"""A copy of what a draft says."""

from typing import Any

from wagtail.models import Page

from .digest import revised_fields


def says(draft: Page) -> dict[str, Any]:
    """What a release would take from the draft, by the names of columns."""
    return {field.attname: getattr(draft, field.attname) for field in revised_fields(type(draft))}


def copy_of(draft: Page) -> Page:
    """A page of the same kind that is no row yet and says the same; its place is not told."""
    return type(draft)(**says(draft))
