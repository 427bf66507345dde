"""Who is enrolled in what, how far they got, and what they said of it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from random import Random

from django.db import connection
from django.db.models import Max
from django.utils import timezone

from learners.models import (
    Certificate,
    Enrollment,
    EnrollmentStatus,
    LessonProgress,
    ProgressStatus,
    Review,
)
from learners.models.certificates import new_code

from .courses import Course
from .people import Person
from .sheets import Sheet, text, write

# One enrollment in so many has begun nothing yet.
UNBEGUN = 9
SAID = ("", "", "It did what it said.", "I keep going back to the third lesson.")
# Moments are drawn from so many.
MOMENTS = 2_000


@dataclass(frozen=True, slots=True)
class Studied:
    """An enrollment, with how many lessons from the first on are done."""

    id: str
    learner: Person
    course: Course
    done: int
    bought: str

    @property
    def finished(self) -> bool:
        return self.done == len(self.course.lessons)


def enroll(courses: Sequence[Course], learners: Sequence[Person], draw: Random) -> list[Studied]:
    """As many different learners in each course as it has."""
    moments = _moments(draw)
    return [
        _studied(course, learner, moments, draw)
        for course in courses
        for learner in draw.sample(learners, course.learners)
    ]


def enroll_one(learner: Person, courses: Sequence[Course], draw: Random) -> list[Studied]:
    moments = _moments(draw)
    return [_studied(course, learner, moments, draw) for course in courses]


def _studied(course: Course, learner: Person, moments: list[str], draw: Random) -> Studied:
    lessons = len(course.lessons)
    done = 0 if draw.random() * UNBEGUN < 1 else int(draw.random() * (lessons + 1))
    # Nobody has finished the courses that the journeys finish lessons of.
    done = min(done, lessons - 2) if lessons > 4 and draw.random() < 0.9 else done
    return Studied(draw.randbytes(16).hex(), learner, course, done, draw.choice(moments))


def write_studied(everything: Sequence[Studied], draw: Random) -> None:
    _write_enrollments(everything)
    _write_progress(everything, draw)
    _write_certificates([one for one in everything if one.finished])


def _write_enrollments(everything: Sequence[Studied]) -> None:
    sheet = Sheet(
        Enrollment,
        (
            *("id", "user_id", "course_id", "status", "progress", "studied_percent"),
            *("purchased_at", "completed_at", "last_accessed"),
        ),
    )
    now = text(timezone.now())
    write(
        sheet.target,
        (
            sheet.line
            % (
                one.id,
                one.learner.id,
                one.course.id,
                EnrollmentStatus.COMPLETED if one.finished else EnrollmentStatus.ACTIVE,
                _summary(one.done, one.course.minutes),
                100 * one.done // len(one.course.lessons),
                one.bought,
                one.bought if one.finished else "\\N",
                now if one.done else "\\N",
            )
            for one in everything
        ),
    )


@cache
def _summary(done: int, minutes: tuple[int, ...]) -> str:
    if not done:
        return "{}"
    total = len(minutes)
    return text(
        {
            "completed": done,
            "total": total,
            "percent": 100 * done // total,
            "minutes_left": sum(minutes[done:]),
        }
    )


def _write_progress(everything: Sequence[Studied], draw: Random) -> None:
    sheet = Sheet(
        LessonProgress,
        (
            *("id", "enrollment_id", "lesson_id", "status"),
            *("completion_date", "first_completed_at", "last_accessed"),
        ),
    )
    write(sheet.target, _progress(everything, sheet.line, draw))


def _progress(everything: Sequence[Studied], line: str, draw: Random) -> Iterator[str]:
    completed, begun = str(ProgressStatus.COMPLETED), str(ProgressStatus.IN_PROGRESS)
    for one in everything:
        if not one.done:
            continue
        keys = draw.randbytes(16 * (one.done + 1)).hex()
        bought, enrollment, start = one.bought, one.id, 0
        for lesson in one.course.lessons[: one.done]:
            key = keys[start : start + 32]
            yield line % (key, enrollment, lesson, completed, bought, bought, bought)
            start += 32
        if not one.finished:
            lesson = one.course.lessons[one.done]
            yield line % (keys[start:], enrollment, lesson, begun, "\\N", "\\N", bought)


def _write_certificates(finished: Sequence[Studied]) -> None:
    last = Certificate.objects.aggregate(last=Max("number"))["last"] or 0
    sheet = Sheet(
        Certificate,
        (
            *("id", "enrollment_id", "code", "number", "name", "course_title", "producer_name"),
            *("lessons", "minutes", "issued_at", "issued_on"),
        ),
    )
    write(
        sheet.target,
        (
            sheet.line
            % (
                one.id,
                one.id,
                new_code(),
                number,
                one.learner.name,
                one.course.title,
                one.course.producer.name,
                len(one.course.lessons),
                sum(one.course.minutes),
                one.bought,
                one.bought[:10],
            )
            for number, one in enumerate(finished, start=last + 1)
        ),
    )


def write_reviews(everything: Sequence[Studied], draw: Random) -> None:
    """The first of each course's learners have said something, as many as its entry counts."""
    sheet = Sheet(Review, ("id", "course_id", "user_id", "rating", "content", "created_at"))
    write(sheet.target, _reviews(everything, sheet.line, draw))


def _reviews(everything: Sequence[Studied], line: str, draw: Random) -> Iterator[str]:
    said: dict[int, int] = {}
    for one in everything:
        number = said.get(one.course.id, 0)
        if number < one.course.ratings:
            said[one.course.id] = number + 1
            rating = rating_of(number)
            yield line % (
                draw.randbytes(16).hex(),
                one.course.id,
                one.learner.id,
                rating,
                draw.choice(SAID),
                one.bought,
            )


def count_learners() -> None:
    """Students and completions of every entry, exactly, as ``refresh_counts`` counts them."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE storefront_catalogueentry SET students = found.students,"
            " completions = found.completions"
            " FROM (SELECT course_id, count(*) AS students,"
            " count(*) FILTER (WHERE status = 'completed') AS completions"
            " FROM learners_enrollment GROUP BY course_id) AS found"
            " WHERE found.course_id = storefront_catalogueentry.course_id"
        )


def rating_of(number: int) -> int:
    """What whoever comes ``number``th to a course says of it."""
    return (5, 4, 5, 3, 5, 4, 2)[number % 7]


def average(count: int) -> float:
    """Of the first ``count`` ratings."""
    return sum(map(rating_of, range(count))) / count if count else 0.0


def _moments(draw: Random) -> list[str]:
    now: datetime = timezone.now()
    return [text(now - timedelta(minutes=draw.randrange(60, 500_000))) for _ in range(MOMENTS)]
