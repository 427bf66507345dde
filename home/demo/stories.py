"""One learner and one course, as it is told: bought, studied, reviewed, given back."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Q

from courses.models import (
    CoursePage,
    CourseTeamMember,
    ItemKind,
    LessonPage,
    ReleaseItem,
    ReleaseStatus,
    TeamRole,
)
from learners.models import QuizAttempt, User
from learners.quizzes.attempts import grade


@dataclass(frozen=True)
class Said:
    """A review, and when it was written."""

    rating: int
    content: str
    when: datetime


@dataclass(frozen=True)
class LearnerStory:
    """What happened between a learner and a course, each thing at its moment."""

    learner: User
    course: "Shelved"
    bought: datetime
    done: list[tuple[LessonPage, datetime]]
    code: str = ""
    said: Said | None = None


@dataclass
class Shelved:
    """A released course, with what selling and studying it asks for."""

    page: CoursePage
    lead: User
    title: str
    lessons: list[LessonPage]
    minutes: list[int]
    _graded: dict[int, dict[str, Any]] = field(default_factory=dict)

    def attempt(self, lesson: LessonPage) -> QuizAttempt:
        """An attempt in which everything is right, not saved; graded once for all learners."""
        if lesson.pk not in self._graded:
            right = {block.id: sorted(block.value.correct_keys) for block in lesson.questions}
            given = grade(lesson=lesson, answers=right)
            names = ("score", "pass_mark", "passed", "answers")
            self._graded[lesson.pk] = {name: getattr(given, name) for name in names}
        return QuizAttempt(lesson=lesson, number=1, **self._graded[lesson.pk])


def on_the_shelf() -> dict[str, Shelved]:
    """Every course that is sold, by its UUID. Five statements, however many there are."""
    items = list(
        ReleaseItem.objects.filter(release__status=ReleaseStatus.CURRENT)
        .filter(Q(kind=ItemKind.LESSON) | Q(kind=ItemKind.COURSE))
        .order_by("release", "position")
        .values_list("release__course_id", "kind", "page_id", "title", "minutes")
    )
    lessons = LessonPage.objects.in_bulk([row[2] for row in items if row[1] == ItemKind.LESSON])
    leads = {
        member.course_id: member.user
        for member in CourseTeamMember.objects.filter(role=TeamRole.LEAD).select_related("user")
    }
    found: dict[int, Shelved] = {}
    pages = CoursePage.objects.on_sale().in_bulk()
    for course_id, kind, page_id, title, minutes in items:
        if course_id not in pages:
            continue
        shelved = found.setdefault(
            course_id, Shelved(pages[course_id], leads[course_id], title, [], [])
        )
        if kind == ItemKind.COURSE:
            shelved.title = title
        else:
            shelved.lessons.append(lessons[page_id])
            shelved.minutes.append(minutes)
    return {str(shelved.page.uuid): shelved for shelved in found.values()}
