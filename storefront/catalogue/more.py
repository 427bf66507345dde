"""Other courses beside one: a row of cards, which is the same until one of them changes."""

import time
from collections.abc import Sequence
from functools import partial
from typing import Any

from django.db import DEFAULT_DB_ALIAS
from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.utils.safestring import mark_safe

from courses.freshness import keys
from courses.freshness.kept import Drawn, Kept
from courses.freshness.pages import SECONDS
from courses.models import Category
from courses.statements.compiled import Compiled
from storefront.models import CatalogueEntry

from .among import among
from .reading import SHOWN

MOST = 4 * 1024 * 1024
SUBJECT = ("name", "pattern")


class More(Drawn):
    """Cards. What is told on them is counted behind their back, so they are good ``until`` then."""

    def __init__(self, entries: Sequence[CatalogueEntry]) -> None:
        html = mark_safe("")
        if entries:
            html = render_to_string("components/cards.html", {"entries": entries})
        super().__init__(
            html, {keys.SUBJECTS, keys.SETTINGS, *keys.courses(other.pk for other in entries)}
        )
        self.until = time.monotonic() + SECONDS


_kept: Kept[More] = Kept(MOST)


def more_beside(entry: CatalogueEntry) -> More:
    """One SQL, and none while none of those courses has changed."""
    return _kept((entry.pk, entry.category_id), lambda: More(more_like(entry)))


def more_like(entry: CatalogueEntry, *, count: int = 4) -> list[CatalogueEntry]:
    """Other courses of the same subject, then what most people take. One SQL."""
    if entry.category_id:
        rows = OF_A_SUBJECT(course=entry.pk, subject=entry.category_id)
    else:
        rows = OF_NONE(course=entry.pk)
    ranked = sorted(
        map(_entry, rows),
        key=lambda other: (other.category_id != entry.category_id, -other.students),
    )
    return ranked[:count]


def _others(course: int, subject: int | None, *, count: int = 4) -> QuerySet[Any, Any]:
    listed = CatalogueEntry.objects.filter(listed=True)
    others = listed.exclude(pk=course).order_by("-students", "-pk").values("pk")
    alike = others.filter(category=subject)
    return (
        listed.filter(among(alike[:count], others[:count]))
        .order_by()
        .values_list(*SHOWN, *(f"category__{name}" for name in SUBJECT))
    )


OF_A_SUBJECT = Compiled(_others, course=int, subject=int)
OF_NONE = Compiled(partial(_others, subject=None), course=int)


def _entry(row: Sequence[Any]) -> CatalogueEntry:
    entry = CatalogueEntry.from_db(DEFAULT_DB_ALIAS, SHOWN, row[: len(SHOWN)])
    if entry.category_id:
        subject = (entry.category_id, *row[len(SHOWN) :])
        entry.category = Category.from_db(DEFAULT_DB_ALIAS, ("id", *SUBJECT), subject)
    return entry
