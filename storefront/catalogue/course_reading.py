"""What the page of a course tells, read in two statements: the course, and what is said of it.

Both are worked out once in a process (``courses.statements``, decision 0057).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any, NamedTuple
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db import DEFAULT_DB_ALIAS
from django.db.models import (
    BooleanField,
    Case,
    Count,
    DecimalField,
    ExpressionWrapper,
    F,
    Func,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    TextField,
    Value,
    When,
)
from django.db.models.functions import Cast

from courses.blocks import lines_of
from courses.models import Category, CoursePage, CourseRelease, ReleaseStatus
from courses.models.team import who_may_teach
from courses.records.cursors import KeysetPage, SortKey, page_of, start_of
from courses.statements.compiled import Compiled
from learners.models import Enrollment, EnrollmentStatus, Review, User
from storefront.models import CatalogueEntry

from .selectors import ProducerFacts

REVIEWS_ON_A_PAGE = 6
BY_DATE = SortKey("created_at", kind=datetime)
STARS = (5, 4, 3, 2, 1)

ENTRY = (
    *("course_id", "uuid", "slug", "title", "subtitle", "producer_id", "producer_name"),
    *("category_id", "level", "language", "price", "currency", "cover_url", "cover_srcset"),
    *("minutes", "lessons", "rating", "rating_count", "captions", "students", "listed"),
    "updated_at",
)
SUBJECT = ("name", "slug", "pattern")


@dataclass(frozen=True)
class Histogram:
    """How the ratings of a course are spread: stars, count and percent, five first."""

    bars: tuple[tuple[int, int, int], ...]
    total: int


@dataclass(frozen=True)
class Producer:
    """Whoever leads a course, or led it: their page has what ``facts`` tell."""

    teaches: bool  # has an account that may
    bio: str
    avatar: str  # its address, or empty
    facts: ProducerFacts


@dataclass(frozen=True)
class CourseRow:
    """A course as it was released. ``entry`` has the columns that ``ENTRY`` names, and subject."""

    entry: CatalogueEntry
    archived: bool
    revised_at: datetime | None
    description: str
    requirements: tuple[str, ...]
    outcomes: tuple[str, ...]
    release: int | None
    producer: Producer | None
    histogram: Histogram


class ToldReview(NamedTuple):
    """A review, with what its writer had finished by now; ``progress`` is that of a summary."""

    pk: UUID
    created_at: datetime
    rating: int
    content: str
    user_id: UUID
    name: str
    picture: str
    finished: bool
    progress: dict[str, int] | None

    @property
    def avatar(self) -> str:
        """The address of the writer's picture, or nothing."""
        return picture_url(self.picture)


def read_course(slug: str) -> CourseRow | None:
    """The course with this address, if it was ever released. One SQL."""
    for row in COURSE(slug=slug):
        return _course_row(row)
    return None


def _array(*counted: Any) -> Func:
    return Func(
        *counted,
        function="ARRAY",
        template="%(function)s[%(expressions)s]",
        output_field=ArrayField(DecimalField(max_digits=20, decimal_places=2)),
    )


def _course(slug: str) -> QuerySet[Any, Any]:
    theirs = (
        CatalogueEntry.objects.filter(listed=True, producer=OuterRef("producer_id"))
        .order_by()
        .values("producer")
        .annotate(
            told=_array(
                Count("pk"),
                Sum("students"),
                Sum(F("rating") * F("rating_count")),
                Sum("rating_count"),
            )
        )
    )
    ratings = (
        Review.objects.by_learners()
        .filter(course=OuterRef("pk"))
        .order_by()
        .values("course")
        .annotate(told=_array(*(Count("pk", filter=Q(rating=stars)) for stars in STARS)))
    )
    current = CourseRelease.objects.filter(course=OuterRef("pk"), status=ReleaseStatus.CURRENT)
    return (
        CatalogueEntry.objects.filter(course__slug=slug)
        .annotate(
            requirements=Cast("course__requirements", TextField()),
            outcomes=Cast("course__what_you_will_learn", TextField()),
            release=Subquery(current.order_by().values("pk")),
            teaches=ExpressionWrapper(
                who_may_teach("producer__"), output_field=BooleanField(null=True)
            ),
            theirs=Subquery(theirs.values("told")),
            ratings=Subquery(ratings.values("told")),
        )
        .order_by()
        .values_list(
            *ENTRY,
            *(f"category__{name}" for name in SUBJECT),
            "course__archived_at",
            "course__last_published_at",
            "course__description",
            "requirements",
            "outcomes",
            "release",
            "teaches",
            "producer__bio",
            "producer__avatar",
            "theirs",
            "ratings",
        )[:1]
    )


COURSE = Compiled(_course, slug=str)


def _course_row(row: Sequence[Any]) -> CourseRow:
    entry = CatalogueEntry.from_db(DEFAULT_DB_ALIAS, ENTRY, row[: len(ENTRY)])
    subject, others = row[len(ENTRY) :][: len(SUBJECT)], row[len(ENTRY) + len(SUBJECT) :]
    if entry.category_id:
        entry.category = Category.from_db(
            DEFAULT_DB_ALIAS, ("id", *SUBJECT), (entry.category_id, *subject)
        )
    archived_at, revised_at, description, requirements, outcomes, release, *of_people = others
    teaches, bio, picture, theirs, ratings = of_people
    producer = None
    if entry.producer_id:
        producer = Producer(bool(teaches), bio, picture_url(picture), _producer_facts(theirs))
    return CourseRow(
        entry=entry,
        archived=archived_at is not None,
        revised_at=revised_at,
        description=description,
        requirements=_lines("requirements", requirements),
        outcomes=_lines("what_you_will_learn", outcomes),
        release=release,
        producer=producer,
        histogram=_histogram(ratings or [0] * len(STARS)),
    )


def picture_url(name: str) -> str:
    """Where the picture of a person is, by what its field holds."""
    return User._meta.get_field("avatar").storage.url(name) if name else ""


@lru_cache(maxsize=2_000)
def _lines(field: str, written: str) -> tuple[str, ...]:
    """What a list of the course's says, from its JSON."""
    stream: Any = CoursePage._meta.get_field(field)
    return tuple(lines_of(stream.to_python(written)))


def _producer_facts(told: Sequence[Decimal] | None) -> ProducerFacts:
    courses, students, stars, ratings = told or (0, 0, 0, 0)
    return ProducerFacts(
        courses=int(courses),
        students=int(students),
        rating=stars / ratings if ratings else 0,
        rating_count=int(ratings),
    )


def _histogram(counts: Sequence[Decimal | int]) -> Histogram:
    total = int(sum(counts))
    return Histogram(
        tuple(
            (stars, int(count), round(count * 100 / (total or 1)))
            for stars, count in zip(STARS, counts, strict=True)
        ),
        total,
    )


def course_reviews(course_id: int, *, cursor: str = "") -> KeysetPage:
    """``ToldReview``, newest first. One SQL. Raises ``CursorError``.

    Reviews without words count in the rating and are not listed; those of people who gave the
    course back do neither.
    """
    scope = f"reviews{course_id}"
    start = start_of(cursor, order=BY_DATE, scope=scope)
    if start.place:
        beyond = BY_DATE.beyond(start.place, backwards=start.backwards)
        rows = _reviews(course_id).filter(beyond).order_by(*BY_DATE.keys(backwards=start.backwards))
        found = list(rows[: REVIEWS_ON_A_PAGE + 1])
    else:
        found = NEWEST(course=course_id)
    told = [ToldReview(*row) for row in found]
    return page_of(told, start, order=BY_DATE, size=REVIEWS_ON_A_PAGE, scope=scope)


def _reviews(course: int) -> QuerySet[Any, Any]:
    theirs = Enrollment.objects.filter(course_id=course, user_id=OuterRef("user_id"))
    is_done = Case(When(status=EnrollmentStatus.COMPLETED, then=Value(True)), default=Value(False))
    return (
        Review.objects.by_learners()
        .filter(course_id=course)
        .exclude(content="")
        .annotate(
            finished=Subquery(theirs.values(finished=is_done)),
            progress=Subquery(theirs.values("progress")),
        )
        .values_list(
            *("pk", "created_at", "rating", "content", "user_id", "user__name", "user__avatar"),
            *("finished", "progress"),
        )
    )


def _newest(course: int) -> QuerySet[Any, Any]:
    return _reviews(course).order_by(*BY_DATE.keys())[: REVIEWS_ON_A_PAGE + 1]


NEWEST = Compiled(_newest, course=int)
