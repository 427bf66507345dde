"""What stands between a course and its review, as the studio's pages show it beside the button."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.text import capfirst

from courses.checks.ready import Readiness
from courses.models import CoursePage

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
