"""Who may open a lesson, and why: the one place that decides.

``access_facts`` reads, ``decide`` is pure. Every door asks: the lesson page and its
preview, its files and images, quiz and progress posts.
"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, FilteredRelation, OuterRef, Q, TextChoices
from django.utils.translation import gettext_lazy as _

from courses.models import CoursePage, CourseTeamMember, LessonPage, ReleaseItem, ReleaseStatus
from courses.people import Visitor
from learners.accounts.roles import MODERATORS
from learners.models import Enrollment, LessonProgress, User
from learners.models.enrollments import STUDYING, EnrollmentStatus
from learners.models.users import Role

# Releases that learners see or saw.
SEEN = (ReleaseStatus.CURRENT, ReleaseStatus.SUPERSEDED)
ENROLLMENT_FIELDS = [field.attname for field in Enrollment._meta.concrete_fields]


class Reason(TextChoices):
    """Why a lesson is open, or why it is not."""

    ENROLLED = "enrolled", _("You are enrolled in this course.")
    TEAM = "team", _("You teach this course.")
    ADMIN = "admin", _("You look after this marketplace.")
    MODERATOR = "moderator", _("You review courses.")
    HISTORY = "history", _("This lesson has left the course; you studied it while it was there.")
    PREVIEW = "preview", _("This lesson is open to everyone.")
    # Refusals
    NOT_RELEASED = "not_released", _("This lesson is not part of the course.")
    RETIRED = "retired", _("This lesson has left the course.")
    SUSPENDED = "suspended", _("This account is closed.")
    REFUNDED = "refunded", _("This course was refunded, so its lessons are closed.")
    ARCHIVED = "archived", _("This course is not for sale.")
    ANONYMOUS = "anonymous", _("This lesson belongs to a course you have to buy first.")
    NOT_ENROLLED = "not_enrolled", _("This lesson belongs to a course you have not bought yet.")


class NextStep(TextChoices):
    """What a person who was refused can do."""

    NONE = "", _("Nothing")
    BUY = "buy", _("Buy the course")
    BUY_AGAIN = "buy_again", _("Buy the course again")
    SIGN_IN = "sign_in", _("Sign in, or buy the course")
    RESUME = "resume", _("Continue with the course")
    BROWSE = "browse", _("Find another course")


@dataclass(frozen=True)
class Access:
    """The decision. ``until`` is when an open door closes or a closed one opens, if known."""

    allowed: bool
    reason: Reason
    until: datetime | None = None
    next_step: NextStep = NextStep.NONE

    @property
    def records(self) -> bool:
        """Only learners leave traces; who looks on from outside records nothing."""
        return self.reason == Reason.ENROLLED

    @property
    def is_visit(self) -> bool:
        """Seen as a learner sees it, by somebody who answers for the course."""
        return self.reason in (Reason.TEAM, Reason.ADMIN, Reason.MODERATOR)

    @property
    def hidden(self) -> bool:
        """Answered like a lesson that does not exist: its existence is not public."""
        return not self.allowed and self.reason == Reason.NOT_RELEASED


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
    course: CoursePage | None = field(default=None, compare=False)
    item: ReleaseItem | None = field(default=None, compare=False)
    enrollment: Enrollment | None = field(default=None, compare=False)
    certificate_code: str = field(default="", compare=False)

    @property
    def may_see_draft(self) -> bool:
        return self.active and (self.teaches or self.admin)


def decide(facts: AccessFacts, at: datetime) -> Access:
    """The decision on ``facts`` at the moment ``at``; total, pure, no surprises.

    An enrollment comes before every office, so that a producer who also bought the
    course makes progress in it. Nothing here ends with time yet, so ``at`` only has
    to be given: callers will not change when something does.
    """
    if not facts.active:
        if facts.released and facts.preview and facts.on_sale:
            return Access(True, Reason.PREVIEW)
        return Access(False, Reason.SUSPENDED if facts.released else Reason.NOT_RELEASED)
    if facts.released and facts.status in STUDYING:
        return Access(True, Reason.ENROLLED)
    if facts.teaches:
        return Access(True, Reason.TEAM)
    if facts.admin:
        return Access(True, Reason.ADMIN)
    if facts.moderator and (facts.released or facts.was_released or facts.in_review):
        return Access(True, Reason.MODERATOR)
    if not facts.released:
        return _decide_outside_release(facts)
    if facts.preview and facts.on_sale:
        return Access(True, Reason.PREVIEW)
    if facts.status == EnrollmentStatus.REFUNDED:
        step = NextStep.BUY_AGAIN if facts.on_sale else NextStep.BROWSE
        return Access(False, Reason.REFUNDED, next_step=step)
    if not facts.on_sale:
        return Access(False, Reason.ARCHIVED, next_step=NextStep.BROWSE)
    if not facts.signed_in:
        return Access(False, Reason.ANONYMOUS, next_step=NextStep.SIGN_IN)
    return Access(False, Reason.NOT_ENROLLED, next_step=NextStep.BUY)


def _decide_outside_release(facts: AccessFacts) -> Access:
    """A draft is nobody's business; a retired lesson belongs to those who studied it."""
    if facts.was_released and facts.status in STUDYING:
        if facts.studied:
            return Access(True, Reason.HISTORY)
        return Access(False, Reason.RETIRED, next_step=NextStep.RESUME)
    return Access(False, Reason.NOT_RELEASED)


def access_facts(user: Visitor, lesson: LessonPage) -> AccessFacts:
    """What is known of ``user`` (or a visitor) and ``lesson`` (a LessonPage).

    Two queries for a released lesson, four for one that is not.
    """
    place = _place(lesson)
    course = place.pop("course")
    return AccessFacts(
        course=course,
        **place,
        **_standing(user, lesson, course),
    )


def _place(lesson: LessonPage) -> dict[str, Any]:
    """Where the lesson stands: its course, and which releases carry it."""
    item = (
        ReleaseItem.objects.filter(page_id=lesson.pk, release__status__in=SEEN)
        .select_related("release__course")
        .annotate(
            on_sale=Exists(CoursePage.objects.on_sale().filter(pk=OuterRef("release__course")))
        )
        .defer("description", "release__course__description")
        # "current" before "superseded", else the latest that learners saw.
        .order_by("release__status", "-release__number")
        .first()
    )
    if item is None:
        # Never released: the tree is all there is.
        course = CoursePage.objects.ancestor_of(lesson).first()
        in_review = ReleaseItem.objects.filter(
            page_id=lesson.pk, release__status=ReleaseStatus.IN_REVIEW
        ).exists()
        return {"course": course, "item": None, "in_review": in_review}
    current = item.release.status == ReleaseStatus.CURRENT
    return {
        "course": item.release.course,
        "item": item,
        "released": current,
        "was_released": not current,
        "preview": current and item.preview,
        "on_sale": item.on_sale,
    }


def _standing(user: Visitor, lesson: LessonPage, course: CoursePage | None) -> dict[str, Any]:
    """Who the person is to the course, in one query; read fresh, never from the session."""
    if not user.pk:
        return {}
    row = _standing_row(user.pk, lesson, course.pk if course else 0)
    if row is None:
        return {}
    is_active, is_superuser, role, teaches, moderates, studied, code, *values = row
    admin = is_superuser or role == Role.ADMIN
    enrollment = Enrollment.from_db(None, ENROLLMENT_FIELDS, values) if values[0] else None
    return {
        "signed_in": True,
        "active": is_active,
        "admin": admin,
        "moderator": admin or moderates,
        "teaches": teaches,
        "studied": studied,
        "status": enrollment.status if enrollment else None,
        "enrollment": enrollment,
        "certificate_code": code or "",
    }


def _standing_row(person: UUID, lesson: LessonPage, course_id: int) -> tuple[Any, ...] | None:
    """The person with their enrollment in the course; None when the account is gone."""
    teaching = CourseTeamMember.objects.teaching().filter(course=course_id, user=OuterRef("pk"))
    moderators = User.groups.through.objects.filter(user_id=OuterRef("pk"), group__name=MODERATORS)
    opened = LessonProgress.objects.filter(enrollment=OuterRef("studying__pk"), lesson=lesson.pk)
    return (
        User.objects.filter(pk=person)
        .annotate(
            studying=FilteredRelation("enrollments", condition=Q(enrollments__course=course_id)),
            teaches=Exists(teaching),
            moderates=Exists(moderators),
            studied=Exists(opened),
        )
        .values_list(
            "is_active",
            "is_superuser",
            "role",
            "teaches",
            "moderates",
            "studied",
            "studying__certificate__code",
            *(f"studying__{name}" for name in ENROLLMENT_FIELDS),
        )
        .first()
    )
