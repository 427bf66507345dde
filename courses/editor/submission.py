"""What stands between a course and its review, as the studio's pages show it beside the button."""

from dataclasses import dataclass
from decimal import Decimal

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from courses.checks.conditions import Condition
from courses.checks.ready import Readiness
from courses.models import CoursePage
from courses.wording.money import format_price

from .states import CourseState
from .tabs import outline_address

# Of courses in these states something waits to be submitted.
SUBMITTABLE = frozenset({"draft", "changed"})
# The name of the editor's button, which saves what is typed before it submits.
SAVED_AND_SUBMITTED = "go-on-submit"


@dataclass(frozen=True)
class Missing:
    """One thing to mend: ``url`` leads to its very field."""

    where: str
    message: str
    url: str


@dataclass(frozen=True)
class Submission:
    """Reads like "7 of 9 ready", and posts to ``url``; ``again`` after changes were asked for."""

    course_id: int
    met: int
    total: int
    missing: list[Missing]
    again: bool
    pressed: str = SAVED_AND_SUBMITTED

    @property
    def is_ready(self) -> bool:
        return not self.missing

    @property
    def url(self) -> str:
        return reverse("studio:submit", args=[self.course_id])

    @property
    def page_url(self) -> str:
        return reverse("studio:before_you_submit", args=[self.course_id])


def submission_of(course: CoursePage, state: CourseState, readiness: Readiness) -> Submission:
    return Submission(
        course_id=course.pk,
        met=readiness.met,
        total=readiness.total,
        missing=missing_of(course, readiness),
        again=bool(state.note),
    )


def missing_of(course: CoursePage, readiness: Readiness) -> list[Missing]:
    """What is to mend, in reading order. What is no field's is mended in its row of the outline."""
    return [
        Missing(
            problem.where,
            capfirst(problem.message),
            problem.url if problem.field else outline_address(course.pk, part=problem.page_id),
        )
        for problem in readiness.problems
    ]


@dataclass(frozen=True)
class Fine:
    """What is fine, in one sentence; ``url`` leads to where it may still be chosen otherwise."""

    label: str
    url: str = ""


def fine_of(course: CoursePage, readiness: Readiness) -> list[Fine]:
    """The conditions that are met. One SQL, where a draft says the price."""
    return [_told_of(condition, course) for condition in readiness.fine]


def _told_of(condition: Condition, course: CoursePage) -> Fine:
    """Of the price, what it is: nobody shall find out later that a course went out free."""
    if condition != Condition.PRICE:
        return Fine(str(condition.label))
    price, currency = course.price, course.currency
    if course.latest_revision:
        # From the draft's JSON: to build the page asks for all its relations.
        draft = course.latest_revision.content
        price, currency = Decimal(draft["price"] or 0), draft["currency"]
    edit = reverse("wagtailadmin_pages:edit", args=[course.pk])
    if price:
        told = _("Learners pay %(price)s") % {"price": format_price(price, currency)}
    else:
        told = _("Free: learners pay nothing")
    return Fine(told, f"{edit}#:w:contentpath=price")
