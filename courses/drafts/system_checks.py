"""What the digest of a release covers is decided for every field of a page."""

from collections.abc import Iterable
from typing import Any

from django.core.checks import CheckMessage, Error, register

from .digest import undecided_fields


@register()
def every_page_field_is_decided(app_configs: Any, **kwargs: Any) -> Iterable[CheckMessage]:
    names = ", ".join(sorted(undecided_fields()))
    if not names:
        return []
    return [
        Error(
            f"Nobody decided whether releases bring these fields of a page to the world: {names}.",
            hint="Name each in REVISED_BY_WAGTAIL or NOT_REVISED of courses/drafts/digest.py.",
            id="courses.E006",
        )
    ]
