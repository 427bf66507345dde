"""What is known of a person and a lesson: all that ``decision.decide`` asks, in one statement.

Worked out once in a process (``courses.statements``); each condition is the one that stands with
its model, so that nothing of who teaches, studies or buys is written here a second time.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import starmap
from typing import Any, NamedTuple
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import ArrayField
from django.db.models import (
    Case,
    Exists,
    F,
    FilteredRelation,
    Func,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    When,
)
from django.db.models.functions import JSONObject

from courses.models import (
    Category,
    CoursePage,
    CourseTeamMember,
    ItemKind,
    LessonPage,
    ReleaseItem,
    ReleaseStatus,
)
from courses.people import Visitor
from courses.statements.compiled import Compiled
from courses.statements.versions import RowVersion
from learners.accounts.roles import MODERATORS
from learners.models import (
    Certificate,
    Enrollment,
    LessonProgress,
    ProgressStatus,
    QuizAttempt,
    Review,
    User,
)
from learners.models.users import Role

# Releases that learners see or saw.
SEEN = (ReleaseStatus.CURRENT, ReleaseStatus.SUPERSEDED)
# Of these rows, what doors and pages ask; more is read when somebody asks for it. A statement of
# many columns and tables takes PostgreSQL longer to plan than to answer.
ENROLLMENT_FIELDS = ["id", "user_id", "course_id", "status", "studied_percent", "purchased_at"]
ITEM_FIELDS = [
    "id",
    "release_id",
    "page_id",
    "revision_id",
    "number",
    "title",
    "minutes",
    "preview",
    "has_quiz",
]
ATTEMPT_FIELDS = ["number", "pass_mark", "passed", "answers"]


class Subject(NamedTuple):
    pattern: str


@dataclass(frozen=True)
class CourseInBrief:
    """As much of a course as a lesson, and the door of a closed one, tell."""

    pk: int
    uuid: UUID
    slug: str
    title: str
    language: str
    price: Any
    currency: str
    category: Subject

    @property
    def is_free(self) -> bool:
        return not self.price


COURSE_FIELDS = ("pk", "uuid", "slug", "title", "language", "price", "currency")


# What is told of a lesson: its state, and whether it was done at any time.
IS_BEGUN, IS_DONE, WAS_DONE = 1, 2, 4


class Mark(NamedTuple):
    """What a learner did in a lesson that they opened."""

    lesson: int
    kind: int  # of the above
    last_second: int = 0  # where its video stood

    @property
    def begun(self) -> bool:
        return bool(self.kind & IS_BEGUN)

    @property
    def done(self) -> bool:
        return bool(self.kind & IS_DONE)

    @property
    def ever(self) -> bool:
        """Done at any time, taken back or not."""
        return bool(self.kind & WAS_DONE)


@dataclass(frozen=True)
class AccessFacts:
    """All that the decision may depend on."""

    signed_in: bool = False
    active: bool = True
    admin: bool = False
    moderator: bool = False
    teaches: bool = False
    status: str | None = None  # of the enrollment
    studied: bool = False  # this lesson was opened by this learner before
    released: bool = False  # stands in the current release
    was_released: bool = False  # stood in an earlier one
    in_review: bool = False  # pinned in a release that waits for a moderator
    preview: bool = False
    on_sale: bool = False  # of the course; asked of what is released only
    # Read along the way, so that a page need not read them again; no part of the decision.
    course: CourseInBrief | None = field(default=None, compare=False)
    item: ReleaseItem | None = field(default=None, compare=False)
    lesson: LessonPage | None = field(default=None, compare=False)  # of what was never released
    enrollment: Enrollment | None = field(default=None, compare=False)
    version: str = field(default="", compare=False)  # of the enrollment's row
    certificate_code: str = field(default="", compare=False)
    reviewed: bool = field(default=False, compare=False)  # the course
    marks: dict[int, Mark] = field(default_factory=dict, compare=False)  # by lesson
    attempt: QuizAttempt | None = field(default=None, compare=False)

    @property
    def may_see_draft(self) -> bool:
        return self.active and (self.teaches or self.admin)


def access_facts(user: Visitor, uuid: UUID) -> AccessFacts | None:
    """What is known of ``user`` (or a visitor) and the lesson; None when there is no such lesson.

    One statement for a released lesson, four for one that is not. Read fresh, never from the
    session. The marks of a learner, and their last attempt at the quiz of the lesson, come along.
    """
    rows = FOR_PEOPLE(lesson=uuid, person=user.pk) if user.pk else FOR_VISITORS(lesson=uuid)
    if not rows:
        return _outside_releases(user, uuid)
    row, item_ends, place_ends = rows[0], len(ITEM_FIELDS), len(PLACE)
    item = ReleaseItem.from_db(None, ITEM_FIELDS, row[:item_ends])
    status, on_sale, *course = row[item_ends:place_ends]
    current = status == ReleaseStatus.CURRENT
    return AccessFacts(
        released=current,
        was_released=not current,
        preview=current and item.preview,
        on_sale=on_sale,
        course=_course(course),
        item=item,
        **(_standing(row[place_ends:], item.page_id) if user.pk else {}),
    )


def _outside_releases(user: Visitor, uuid: UUID) -> AccessFacts | None:
    """Never released: the tree is all there is."""
    lesson = LessonPage.objects.filter(uuid=uuid).first()
    if lesson is None:
        return None
    course = CoursePage.objects.ancestor_of(lesson)[:1]
    found = course.values_list(*COURSE_FIELDS, "category__pattern").first()
    in_review = ReleaseItem.objects.filter(
        page_id=lesson.pk, release__status=ReleaseStatus.IN_REVIEW
    ).exists()
    standing = {}
    if found and user.pk:
        rows = CoursePage.objects.filter(pk=found[0])
        asked = _with_standing(rows, user.pk, lesson=lesson.pk, course="")
        standing = _standing(asked.get(), lesson.pk)
    return AccessFacts(
        course=_course(found) if found else None, lesson=lesson, in_review=in_review, **standing
    )


def _course(values: Sequence[Any]) -> CourseInBrief:
    told = dict(zip(COURSE_FIELDS, values, strict=False))
    return CourseInBrief(**told, category=Subject(values[-1] or ""))


def _standing(row: tuple[Any, ...], page: int) -> dict[str, Any]:
    """Who the person is to the course; nothing of an account that is gone."""
    is_active, is_superuser, role, teaches, moderates, code, reviewed, *others = row
    told, tried, version, *values = others
    if is_active is None:
        return {}
    admin = is_superuser or role == Role.ADMIN
    enrollment = Enrollment.from_db(None, ENROLLMENT_FIELDS, values) if values[0] else None
    marks = {mark.lesson: mark for mark in starmap(Mark, told)}
    return {
        "signed_in": True,
        "active": is_active,
        "admin": admin,
        "moderator": admin or moderates,
        "teaches": teaches,
        "studied": page in marks,
        "status": enrollment.status if enrollment else None,
        "enrollment": enrollment,
        "version": version or "",
        "certificate_code": code or "",
        "reviewed": reviewed,
        "marks": marks,
        "attempt": QuizAttempt(**tried) if tried else None,
    }


def _place(lesson: UUID) -> QuerySet[ReleaseItem]:
    """Where the lesson stands: its course, and which releases carry it."""
    on_sale = CoursePage.objects.on_sale().filter(pk=OuterRef("release__course"))
    pattern = Category.objects.filter(pk=OuterRef("release__course__category"))
    return (
        ReleaseItem.objects.filter(uuid=lesson, kind=ItemKind.LESSON, release__status__in=SEEN)
        .annotate(on_sale=Exists(on_sale), pattern=Subquery(pattern.values("pattern")))
        # "current" before "superseded", else the latest that learners saw.
        .order_by("release__status", "-release__number")
    )


PLACE = (
    *ITEM_FIELDS,
    "release__status",
    "on_sale",
    *(f"release__course__{name}" for name in COURSE_FIELDS),
    "pattern",
)


def _for_visitors(lesson: UUID) -> QuerySet[ReleaseItem, Any]:
    return _place(lesson).values_list(*PLACE)[:1]


def _for_people(lesson: UUID, person: UUID) -> QuerySet[ReleaseItem, Any]:
    asked = _with_standing(
        _place(lesson), person, lesson=OuterRef("page_id"), course="release__course", place=PLACE
    )
    return asked[:1]


def _with_standing(
    rows: QuerySet[Any], person: UUID, *, lesson: Any, course: str, place: tuple[str, ...] = ()
) -> QuerySet[Any, Any]:
    """``place`` of the rows, and what ``_standing`` reads: of the person with their enrollment.

    ``course`` leads from a row to its course; empty, it is the course itself.
    """
    to_enrollments = f"{course}__enrollments" if course else "enrollments"
    its_course = OuterRef(course or "pk")
    people = User.objects.filter(pk=person)
    teaching = CourseTeamMember.objects.teaching().filter(course=its_course, user=person)
    moderators = User.groups.through.objects.filter(user_id=person, group__name=MODERATORS)
    opened = LessonProgress.objects.filter(enrollment=OuterRef("studying__pk"))
    certificates = Certificate.objects.filter(enrollment=OuterRef("studying__pk"))
    reviews = Review.objects.filter(course=its_course, user=person)
    tried = QuizAttempt.objects.filter(enrollment=OuterRef("studying__pk"), lesson=lesson)
    theirs = Q(**{f"{to_enrollments}__user": person})
    return rows.annotate(
        studying=FilteredRelation(to_enrollments, condition=theirs),
        is_active=Subquery(people.values("is_active")),
        is_superuser=Subquery(people.values("is_superuser")),
        role=Subquery(people.values("role")),
        teaches=Exists(teaching),
        moderates=Exists(moderators),
        code=Subquery(certificates.values("code")),
        reviewed=Exists(reviews),
        marks=ArraySubquery(opened.values(mark=_mark())),
        version=RowVersion("studying__pk"),
        tried=Subquery(
            tried.order_by("-number").values(
                told=JSONObject(**{name: F(name) for name in ATTEMPT_FIELDS})
            )[:1]
        ),
    ).values_list(
        *place,
        "is_active",
        "is_superuser",
        "role",
        "teaches",
        "moderates",
        "code",
        "reviewed",
        "marks",
        "tried",
        "version",
        *(f"studying__{name}" for name in ENROLLMENT_FIELDS),
    )


def _mark() -> Func:
    """``Mark`` as ``[lesson, kind, second]``: numbers alone are read quickly."""
    status = Case(
        When(status=ProgressStatus.COMPLETED, then=IS_DONE),
        When(status=ProgressStatus.IN_PROGRESS, then=IS_BEGUN),
        default=0,
        output_field=IntegerField(),
    )
    ever = Case(
        When(first_completed_at__isnull=False, then=WAS_DONE),
        default=0,
        output_field=IntegerField(),
    )
    return Func(
        F("lesson_id"),
        status + ever,
        F("last_second"),
        template="ARRAY[%(expressions)s]",
        output_field=ArrayField(IntegerField()),
    )


FOR_VISITORS = Compiled(_for_visitors, lesson=UUID)
FOR_PEOPLE = Compiled(_for_people, lesson=UUID, person=UUID)
