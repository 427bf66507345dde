"""What learners did: bought, studied, reviewed, gave back. Told in the order of time.

Order numbers, certificate numbers and the ledger count upwards, so all events of all
learners are laid on one line and each happens at its own moment.
"""

import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.db import transaction

from courses.models import CoursePage, ItemKind, LessonPage, ReleaseItem, ReleaseStatus
from learners.enrollment.progress import mark_complete, open_lesson, save_position
from learners.models import Enrollment, LessonProgress, ProgressStatus, QuizAttempt, User
from learners.quizzes.attempts import grade, submit_quiz
from learners.reviews.writing import write_review

from .clock import at
from .reading import CONTENT, identity
from .sales import ask_back, buy, decline, return_money


@dataclass(frozen=True, order=True)
class Event:
    when: datetime
    order: int
    happen: Callable[[], object]


def written_activity() -> dict[str, Any]:
    return tomllib.loads((CONTENT / "activity.toml").read_text())


def load_activity(*, activity: dict[str, Any], now: datetime) -> int:
    """Lets happen what has not happened yet; how many enrollments that made.

    Whoever is enrolled already is left alone, whatever they did since.
    """
    events: list[Event] = []
    stories = 0
    lessons_of: dict[int, list[LessonPage]] = {}
    for number, told in enumerate(activity["study"]):
        user = User.objects.get(email=told["who"])
        course = CoursePage.objects.get(uuid=identity("course", told["course"]))
        if Enrollment.objects.filter(user=user, course=course).exists():
            continue
        stories += 1
        if course.pk not in lessons_of:
            lessons_of[course.pk] = _lessons(course)
        lessons = lessons_of[course.pk]
        for happen, when in _story(told, user, course, lessons, now, hour=number):
            events.append(Event(when, len(events), happen))
    with transaction.atomic():
        for event in sorted(events):
            with at(event.when):
                event.happen()
    return stories


def _story(
    told: dict[str, Any],
    user: User,
    course: CoursePage,
    lessons: list[LessonPage],
    now: datetime,
    *,
    hour: int,
) -> Iterator[tuple[Callable[[], object], datetime]]:
    """(what happens, when) for one learner and one course."""
    # An hour of their own for each, between eight and ten at night.
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    begun = midnight - timedelta(days=told["bought"]) + timedelta(hours=8 + hour * 5 % 14)
    begun += timedelta(minutes=hour * 37 % 60)
    yield partial(buy, buyer=user, course=course, code=told.get("code", "")), begun
    count = len(lessons) if told["lessons"] == "all" else told["lessons"]
    step = timedelta(days=told["pace"])
    done = [
        (lesson, begun + step * number + timedelta(minutes=lesson.estimated_duration))
        for number, lesson in enumerate(lessons[:count])
    ]
    yield partial(study, user=user, course=course, done=done), done[-1][1]
    if "at" in told:
        yesterday = midnight - timedelta(hours=2, minutes=20)
        leave = partial(stop_at, user, course, lessons[count], told["at"])
        yield leave, yesterday
    if review := told.get("review"):
        said = partial(
            write_review,
            user=user,
            course=course,
            rating=review["rating"],
            content=review["content"],
        )
        yield said, begun + timedelta(days=review["after"], hours=1)
    if wish := told.get("returning"):
        asked = partial(ask_back, buyer=user, course=course, words=wish["words"])
        yield asked, midnight - timedelta(days=wish["asked"], hours=-11)
        if "declined" in wish:
            answered = partial(decline, buyer=user, course=course, answer=wish["answer"])
            yield answered, midnight - timedelta(days=wish["declined"], hours=-10)
    if "refunded" in told:
        when = begun + timedelta(days=told["bought"] - told["refunded"])
        yield partial(return_money, buyer=user, course=course, reason=told["reason"]), when


def study(*, user: User, course: CoursePage, done: list[tuple[LessonPage, datetime]]) -> None:
    """Lessons finished one after the other, each on its day; those with a quiz by passing it.

    The last one is finished by the verbs, which count, complete and certify. The days
    before it are written in bulk, as the verbs would have written them one by one.
    """
    enrollment = Enrollment.objects.get(user=user, course=course)
    _study_before(enrollment, done[:-1])
    lesson, _ = done[-1]
    open_lesson(enrollment=enrollment, lesson=lesson)
    if lesson.has_quiz:
        submit_quiz(enrollment=enrollment, lesson=lesson, answers=_right_answers(lesson))
    else:
        mark_complete(enrollment=enrollment, lesson=lesson)


def _study_before(enrollment: Enrollment, done: list[tuple[LessonPage, datetime]]) -> None:
    LessonProgress.objects.bulk_create(
        LessonProgress(
            enrollment=enrollment,
            lesson=lesson,
            status=ProgressStatus.COMPLETED,
            completion_date=when,
            first_completed_at=when,
            last_accessed=when,
        )
        for lesson, when in done
    )
    attempts = []
    for lesson, when in done:
        if lesson.has_quiz:
            attempt = grade(lesson=lesson, answers=_right_answers(lesson))
            attempt.enrollment, attempt.lesson, attempt.number = enrollment, lesson, 1
            attempts.append((attempt, when))
    QuizAttempt.objects.bulk_create(attempt for attempt, _ in attempts)
    for attempt, when in attempts:
        attempt.created_at = when
    QuizAttempt.objects.bulk_update([attempt for attempt, _ in attempts], ["created_at"])


def _right_answers(lesson: LessonPage) -> dict[str, list[str]]:
    return {block.id: sorted(block.value.correct_keys) for block in lesson.questions}


def stop_at(user: User, course: CoursePage, lesson: LessonPage, second: int) -> None:
    """Opens a lesson and leaves it where the video stood."""
    enrollment = Enrollment.objects.get(user=user, course=course)
    open_lesson(enrollment=enrollment, lesson=lesson)
    save_position(enrollment=enrollment, lesson=lesson, second=second)


def _lessons(course: CoursePage) -> list[LessonPage]:
    """Those of the current release, in its order."""
    items = ReleaseItem.objects.filter(
        release__course=course, release__status=ReleaseStatus.CURRENT, kind=ItemKind.LESSON
    ).order_by("position")
    keys = list(items.values_list("page_id", flat=True))
    pages = LessonPage.objects.in_bulk(keys)
    return [pages[key] for key in keys]
