"""The page that sells a course, but for what is one reader's own: made once, until it changes.

``CourseFacts`` says what the course is, ``CourseSheet`` holds its page as HTML. Neither is made
from a request, so neither can know who asks.
"""

from collections.abc import Callable
from dataclasses import dataclass, fields
from decimal import Decimal
from functools import cached_property, partial
from sys import getsizeof
from uuid import UUID

from django.http import Http404
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from courses.freshness import keys
from courses.freshness.fragments import drawn
from courses.freshness.kept import FRAME, GAP, Drawn, Kept
from courses.freshness.links import addresses_in
from storefront.models import CatalogueEntry
from storefront.seller.current import seller_now

from . import course_parts as parts
from .course_reading import CourseRow, course_reviews, read_course
from .indents import unindented
from .more import more_beside
from .sharing import share_card_url
from .structured import course_data

Absolute = Callable[[str], str]

# Bytes in each process: the pages of some three hundred courses, or of fifty with 300 lessons.
MOST = 24 * 1024 * 1024
MOST_FACTS = 4 * 1024 * 1024
# Stands where the contents come. As secret as the gap, which is another one.
CONTENTS = mark_safe(f"{GAP}contents")


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
    until: float  # by the monotonic clock: what beside it is counted is too old then

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
        # The course is read once for both.
        self._since = _sheets.mark()

    def facts(self) -> CourseFacts:
        """Raises Http404. One SQL, and none when they are kept."""
        return _facts(self._slug, lambda: _facts_of(self._row))

    def sheet(
        self, *, enter: bool, owns: bool, reviewed: bool = False, cursor: str = ""
    ) -> CourseSheet:
        """For those who may ``enter``, or own it, or have ``reviewed`` it too, or none of these;
        with the reviews at ``cursor``.

        Two SQL after a change, at any number of courses, lessons and reviews; one more for a
        release that this process has not met, and one when the courses beside it are not kept.
        None when it is kept. Older reviews are read each time: they are many pages, for few.
        Raises CursorError.
        """
        make = partial(_make, enter=enter, owns=owns, reviewed=reviewed, absolute=self._absolute)
        if cursor:
            return make(self._row, cursor=cursor)
        key = (self._slug, enter, owns, reviewed, self._absolute("/"))
        return _sheets(
            key,
            lambda: make(self._row, cursor=""),
            since=self._since,
            until=lambda sheet: sheet.until,
        )

    @cached_property
    def _row(self) -> CourseRow:
        row = read_course(self._slug)
        if row is None:
            raise Http404("No such course.")
        return row


def _facts_of(row: CourseRow) -> CourseFacts:
    entry = row.entry
    return CourseFacts(
        pk=entry.pk,
        uuid=entry.uuid,
        slug=entry.slug,
        title=entry.title,
        language=entry.language,
        listed=entry.listed,
        archived=row.archived,
        price=entry.price,
        currency=entry.currency,
        is_free=entry.is_free,
        why_unpayable=entry.why_unpayable,
    )


def _make(
    row: CourseRow, *, enter: bool, owns: bool, reviewed: bool, cursor: str, absolute: Absolute
) -> CourseSheet:
    entry = row.entry
    here = reverse("storefront:course", args=[entry.slug])
    reviews = course_reviews(entry.pk, cursor=cursor)
    outline = parts.outline_of(row)
    producer_href = _producer_href(row)
    more = more_beside(entry)
    main = render_to_string(
        "storefront/catalogue/course/main.html",
        {
            "opening": parts.opening(row, owns=owns, trail=_trail(entry)),
            "title": parts.title(row),
            "buy_box": parts.buy_box(entry, outline, enter=enter, gap=GAP),
            "about": parts.about(row),
            "contents": CONTENTS if outline else "",
            "people": parts.people(row, producer_href=producer_href),
            "reviews_head": parts.reviews_head(row, owns=owns, reviewed=reviewed),
            "reviews": mark_safe("".join(map(parts.review, reviews.rows))),
            "newer_reviews": reviews.before and f"{here}?reviews={reviews.before}#reviews",
            "older_reviews": reviews.after and f"{here}?reviews={reviews.after}#reviews",
            "more": more.html,
        },
    )
    main = unindented(main)
    if outline:  # they are long, and without indents already
        main = mark_safe(main.replace(CONTENTS, parts.contents(row, outline, enter=enter)))
    shown = {
        keys.SUBJECTS,
        keys.SETTINGS,
        keys.producer(entry.producer_id),
        keys.course(entry.pk),
        *more.keys,
        *addresses_in(row.description),
    }
    preview = outline.preview
    return CourseSheet(
        head=_head(entry, here, producer_href=producer_href, absolute=absolute),
        main=Drawn(main, shown),
        preview_uuid=str(preview.uuid) if preview else "",
        preview_number=preview.number if preview else "",
        students=entry.students,
        until=more.until,
    )


def _producer_href(row: CourseRow) -> str:
    """The producer's page; empty where it would answer 404."""
    producer = row.producer
    if producer is None or not producer.teaches or not producer.facts.courses:
        return ""
    return reverse("storefront:producer", args=[row.entry.producer_id])


def _head(
    entry: CatalogueEntry, here: str, *, producer_href: str, absolute: Absolute
) -> SafeString:
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
    return drawn(
        "storefront/catalogue/course/head.html",
        title=entry.title,
        description=entry.subtitle or entry.title,
        language=entry.language,
        canonical=url,
        image=image,
        structured=structured,
    )


def _trail(entry: CatalogueEntry) -> list[tuple[str, str]]:
    shelf = reverse("storefront:catalogue")
    trail = [("/", _("Home")), (shelf, _("Courses"))]
    if entry.category:
        trail = [("/", _("Home")), (f"{shelf}?category={entry.category.slug}", entry.category.name)]
    return [*trail, ("", entry.title)]
