"""The page that sells a course, but for what is one reader's own: made once, until it changes.

``CourseFacts`` says what the course is, ``CourseSheet`` holds its page as HTML. Neither is made
from a request, so neither can know who asks.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, fields
from decimal import Decimal
from functools import cached_property, partial
from sys import getsizeof
from typing import Any
from uuid import UUID

from django.http import Http404
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from courses.freshness import keys
from courses.freshness.kept import FRAME, GAP, Drawn, Kept
from courses.freshness.links import addresses_in
from courses.models.team import may_teach
from courses.releases.outline import get_outline
from storefront.models import CatalogueEntry
from storefront.seller.current import seller_now

from .contents import included
from .selectors import (
    ProducerFacts,
    course_reviews,
    more_like,
    producer_facts,
    rating_histogram,
)
from .sharing import share_card_url
from .structured import course_data

INDENTS = re.compile(r"\n[ \t\n]+")

Absolute = Callable[[str], str]

# Bytes in each process: the pages of some three hundred courses, or of fifty with 300 lessons.
MOST = 24 * 1024 * 1024
MOST_FACTS = 4 * 1024 * 1024


@dataclass(frozen=True)
class CourseFacts:
    """What a reader's own part of the page asks of a course."""

    pk: int
    uuid: UUID
    slug: str
    title: str
    language: str
    listed: bool
    archived: bool
    price: Decimal
    currency: str
    is_free: bool
    why_unpayable: str

    @property
    def keys(self) -> frozenset[str]:
        return frozenset({keys.course(self.pk)})

    @property
    def size(self) -> int:
        return FRAME + sum(getsizeof(getattr(self, field.name)) for field in fields(self))


@dataclass(frozen=True)
class CourseSheet:
    """``head`` for machines, ``main`` with a gap for the reader's next step."""

    head: SafeString
    main: Drawn
    preview_uuid: str  # empty without a lesson that anybody may open
    preview_number: str
    students: int  # counted when the page was: both tell one figure

    @property
    def keys(self) -> frozenset[str]:
        return self.main.keys

    @property
    def size(self) -> int:
        return self.main.size + getsizeof(self.head) + FRAME


_facts: Kept[CourseFacts] = Kept(MOST_FACTS)
_sheets: Kept[CourseSheet] = Kept(MOST)


class CourseForSale:
    """What was released under ``slug``, for one request. Knows nothing of who asks.

    ``absolute`` makes an address of this site of a path.
    """

    def __init__(self, slug: str, *, absolute: Absolute) -> None:
        self._slug, self._absolute = slug, absolute
        # The entry is read once for both.
        self._since = _sheets.mark()

    def facts(self) -> CourseFacts:
        """Raises Http404. One SQL, and none when they are kept."""
        return _facts(self._slug, lambda: _facts_of(self._entry))

    def sheet(self, *, enter: bool, owns: bool, cursor: str = "") -> CourseSheet:
        """For those who may ``enter``, or own it, or neither; with the reviews at ``cursor``.

        Six SQL, at any number of courses, lessons and reviews; none when it is kept. Older
        reviews are read each time: they are many pages, for few. Raises CursorError.
        """
        make = partial(_make, enter=enter, owns=owns, absolute=self._absolute)
        if cursor:
            return make(self._entry, cursor=cursor)
        key = (self._slug, enter, owns, self._absolute("/"))
        return _sheets(key, lambda: make(self._entry, cursor=""), since=self._since)

    @cached_property
    def _entry(self) -> CatalogueEntry:
        entry = (
            CatalogueEntry.objects.select_related("course", "category", "producer")
            .defer(*CatalogueEntry.UNSHOWN)
            .filter(course__slug=self._slug)
            .first()
        )
        if entry is None:
            raise Http404("No such course.")
        return entry


def _facts_of(entry: CatalogueEntry) -> CourseFacts:
    return CourseFacts(
        pk=entry.pk,
        uuid=entry.uuid,
        slug=entry.slug,
        title=entry.title,
        language=entry.language,
        listed=entry.listed,
        archived=entry.course.archived_at is not None,
        price=entry.price,
        currency=entry.currency,
        is_free=entry.is_free,
        why_unpayable=entry.why_unpayable,
    )


def _make(
    entry: CatalogueEntry, *, enter: bool, owns: bool, cursor: str, absolute: Absolute
) -> CourseSheet:
    here = reverse("storefront:course", args=[entry.slug])
    reviews = course_reviews(entry.pk, cursor=cursor)
    outline = get_outline(entry.pk)
    producer = producer_facts(entry.producer_id) if entry.producer_id else None
    producer_href = _producer_href(entry, producer)
    more = more_like(entry)
    main = render_to_string(
        "storefront/catalogue/course/main.html",
        {
            "entry": entry,
            "course": entry.course,
            "outline": outline,
            "included": included(outline),
            "enter": enter,
            "owns": owns,
            "next_step": GAP,
            "reviews": reviews.rows,
            "newer_reviews": reviews.before and f"{here}?reviews={reviews.before}#reviews",
            "older_reviews": reviews.after and f"{here}?reviews={reviews.after}#reviews",
            "histogram": rating_histogram(entry.pk),
            "producer_facts": producer,
            "producer_href": producer_href,
            "producer_teaches": _teaches(entry),
            "more": more,
            "trail": _trail(entry),
        },
    )
    machines = _for_other_sites(entry, here, producer_href=producer_href, absolute=absolute)
    head = render_to_string("storefront/catalogue/course/head.html", {"entry": entry, **machines})
    shown = {
        keys.SUBJECTS,
        keys.SETTINGS,
        keys.producer(entry.producer_id),
        *keys.courses([entry.pk, *(other.pk for other in more)]),
        *addresses_in(entry.course.description),
    }
    preview = outline.preview
    return CourseSheet(
        head=head,
        main=Drawn(_unindented(main), shown),
        preview_uuid=str(preview.uuid) if preview else "",
        preview_number=preview.number if preview else "",
        students=entry.students,
    )


def _unindented(html: SafeString) -> SafeString:
    """Without what the templates are written with: a third of three hundred lessons, which
    would be compressed for each reader. No text here is set as it was typed.
    """
    return mark_safe(INDENTS.sub("\n", html))


def _teaches(entry: CatalogueEntry) -> bool:
    return entry.producer is not None and may_teach(entry.producer)


def _producer_href(entry: CatalogueEntry, facts: ProducerFacts | None) -> str:
    """The producer's page; empty where it would answer 404."""
    if not _teaches(entry) or facts is None or not facts.courses:
        return ""
    return reverse("storefront:producer", args=[entry.producer_id])


def _for_other_sites(
    entry: CatalogueEntry, here: str, *, producer_href: str, absolute: Absolute
) -> dict[str, Any]:
    """What search engines and links elsewhere show of the course; absolute addresses."""
    url = absolute(here)
    image = absolute(entry.cover_url or share_card_url(entry))
    structured = course_data(
        entry,
        url=url,
        image=image,
        producer_url=absolute(producer_href) if producer_href else "",
        seller=seller_now().name,
        returns_url=absolute("/refunds/"),
    )
    return {"canonical": url, "image": image, "structured": structured}


def _trail(entry: CatalogueEntry) -> list[tuple[str, str]]:
    shelf = reverse("storefront:catalogue")
    trail = [("/", _("Home")), (shelf, _("Courses"))]
    if entry.category:
        trail = [("/", _("Home")), (f"{shelf}?category={entry.category.slug}", entry.category.name)]
    return [*trail, ("", entry.title)]
