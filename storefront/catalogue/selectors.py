"""Reads across tables for the pages of the storefront. Each names what it costs."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import (
    Count,
    Exists,
    F,
    FilteredRelation,
    OuterRef,
    Q,
    QuerySet,
    Sum,
)

from courses.models import CoursePage, CourseTeamMember
from courses.people import Visitor
from courses.statements.compiled import Compiled
from learners.models import EnrollmentStatus, Review
from learners.models.enrollments import STUDYING
from storefront.models import CatalogueEntry

from .counting import count_whole
from .facets import MOST_NAMED


def listed_entries() -> QuerySet[CatalogueEntry]:
    """Courses for sale, with what a card shows."""
    return (
        CatalogueEntry.objects.filter(listed=True)
        .select_related("category")
        .defer(*CatalogueEntry.UNSHOWN)
    )


def named_producers(keys: Sequence[str]) -> dict[str, str]:
    """The names of those who sell a course, by their keys; others are left out.

    One SQL, and none where nobody is asked for.
    """
    known = list(dict.fromkeys(UUID(key) for key in keys if _is_uuid(key)))[:MOST_NAMED]
    if not known:
        return {}
    theirs = CatalogueEntry.objects.filter(listed=True, producer_id__in=known)
    named = theirs.order_by("producer_id", "-students", "-pk").distinct("producer_id")
    return {str(key): name for key, name in named.values_list("producer_id", "producer_name")}


def _is_uuid(text: str) -> bool:
    try:
        return str(UUID(text)) == text
    except ValueError:
        return False


@dataclass(frozen=True)
class ProducerFacts:
    """A producer in figures: courses for sale, learners, and the rating of all courses."""

    courses: int
    students: int
    rating: Decimal | float
    rating_count: int


def producer_facts(user_id: UUID) -> ProducerFacts:
    """One SQL."""
    found = CatalogueEntry.objects.filter(listed=True, producer_id=user_id).aggregate(
        courses=Count("pk"),
        learners=Sum("students"),
        stars=Sum(F("rating") * F("rating_count")),
        ratings=Sum("rating_count"),
    )
    ratings = found["ratings"] or 0
    return ProducerFacts(
        courses=found["courses"],
        students=found["learners"] or 0,
        rating=(found["stars"] or 0) / ratings if ratings else 0,
        rating_count=ratings,
    )


@dataclass(frozen=True)
class Standing:
    """What a reader is to a course: who teaches it, enrolled (or once was), or neither."""

    teaches: bool = False
    status: str = ""  # of the enrollment; empty without one
    progress: dict[str, int] | None = None
    returned_at: datetime | None = None
    reviewed: bool = False

    @property
    def owns(self) -> bool:
        return self.status in STUDYING

    @property
    def finished(self) -> bool:
        return self.status == EnrollmentStatus.COMPLETED

    @property
    def may_enter(self) -> bool:
        return self.owns or self.teaches

    @property
    def completed(self) -> int:
        return (self.progress or {}).get("completed", 0)

    @property
    def total(self) -> int:
        return (self.progress or {}).get("total", 0)

    @property
    def percent(self) -> int:
        return (self.progress or {}).get("percent", 0)


def _standing(user: UUID, course: int) -> QuerySet[Any, Any]:
    this = OuterRef("pk")
    return (
        CoursePage.objects.filter(pk=course)
        .annotate(
            teaching=Exists(CourseTeamMember.objects.teaching().filter(course=this, user=user)),
            reviewed=Exists(Review.objects.filter(course=this, user=user)),
            theirs=FilteredRelation("enrollments", condition=Q(enrollments__user=user)),
        )
        .order_by()
        .values_list(
            *("teaching", "theirs__status", "theirs__progress", "theirs__refunded_at", "reviewed")
        )
    )


STANDING = Compiled(_standing, user=UUID, course=int)


def standing(user: Visitor, course_id: int) -> Standing:
    """One SQL for somebody who is signed in, none for a visitor."""
    if not user.is_authenticated:
        return Standing()
    for teaching, status, progress, refunded_at, reviewed in STANDING(
        user=user.pk, course=course_id
    ):
        returned_at = refunded_at if status == EnrollmentStatus.REFUNDED else None
        return Standing(teaching, status or "", progress, returned_at, reviewed)
    return Standing()


@dataclass(frozen=True)
class ShelfSummary:
    """How much is for sale, from how many people (at least, where there are ``more``)."""

    courses: int
    producers: int
    more: bool
    by_subject: dict[str, int]  # by the key of the subject


# So many producers are counted one by one; beyond it "more than" says enough.
MOST_PRODUCERS = 1_000
# From one producer to the next by their index, however many courses each has.
WHO_SELLS = """
WITH RECURSIVE known(id, number) AS (
    (SELECT producer_id, 1 FROM storefront_catalogueentry
     WHERE listed AND producer_id IS NOT NULL ORDER BY producer_id LIMIT 1)
    UNION ALL
    SELECT further.producer_id, number + 1 FROM known, LATERAL (
        SELECT producer_id FROM storefront_catalogueentry
        WHERE listed AND producer_id > known.id ORDER BY producer_id LIMIT 1
    ) further WHERE number <= %s
)
SELECT count(*) FROM known
"""


def shelf_summary() -> ShelfSummary:
    """Two SQL, which read no more of a large catalogue than of a small one."""
    counted = count_whole()
    with connection.cursor() as cursor:
        cursor.execute(WHO_SELLS, [MOST_PRODUCERS])
        (producers,) = cursor.fetchone()
    return ShelfSummary(
        courses=counted.get(("total", "all"), 0),
        producers=min(producers, MOST_PRODUCERS),
        more=producers > MOST_PRODUCERS,
        by_subject={value: n for (facet, value), n in counted.items() if facet == "category"},
    )
