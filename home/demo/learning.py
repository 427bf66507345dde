"""What studying leaves, for many stories at once: progress, quizzes, certificates, reviews."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from django.db.models import Max

from courses.wording.zones import zone_of
from learners.certificates.issuing import issue_certificate
from learners.models import (
    Certificate,
    Enrollment,
    EnrollmentStatus,
    LessonProgress,
    ProgressStatus,
    QuizAttempt,
    Review,
)

from .clock import at
from .rows import insert
from .stories import LearnerStory, Said


def study(stories: Sequence[LearnerStory], *, certified_until: datetime) -> list[Certificate]:
    """Each learner enrolled, and as far as they got; the certificates given until then.

    A lesson with a quiz is done by passing it. Five statements, however many there are. Later
    certificates are issued by their verb, which writes to the learner.
    """
    enrolled = [(story, _enrollment(story)) for story in stories]
    insert(enrollment for _, enrollment in enrolled)
    insert(row for story, enrollment in enrolled for row in _progress(story, enrollment))
    insert(row for story, enrollment in enrolled for row in _attempts(story, enrollment))
    insert(_review(story, story.said) for story in stories if story.said)
    finished = [(story, one) for story, one in enrolled if one.completed_at]
    finished.sort(key=lambda told: told[0].done[-1][1])
    first = (Certificate.objects.aggregate(last=Max("number"))["last"] or 0) + 1
    certificates = [
        _certificate(story, enrollment, number)
        for number, (story, enrollment) in enumerate(finished, first)
    ]
    old = [one for one in certificates if one.issued_at <= certified_until]
    insert(old)
    for certificate in certificates[len(old) :]:
        with at(certificate.issued_at):
            issue_certificate(enrollment=certificate.enrollment)
    return old


def _enrollment(story: LearnerStory) -> Enrollment:
    """As it stands after the last lesson that was done."""
    last = story.done[-1][1] if story.done else None
    is_whole = len(story.done) == len(story.course.lessons)
    progress = _summary(story) if last else {}
    return Enrollment(
        user=story.learner,
        course=story.course.page,
        status=EnrollmentStatus.COMPLETED if is_whole else EnrollmentStatus.ACTIVE,
        progress=progress,
        studied_percent=progress.get("percent", 0),
        purchased_at=story.bought,
        last_accessed=last,
        completed_at=last if is_whole else None,
        created_at=story.bought,
        updated_at=last or story.bought,
    )


def _summary(story: LearnerStory) -> dict[str, int]:
    """As ``progress.summarise`` counts it."""
    completed, total = len(story.done), len(story.course.lessons)
    return {
        "completed": completed,
        "total": total,
        "percent": 100 * completed // total,
        "minutes_left": sum(story.course.minutes[completed:]),
    }


def _progress(story: LearnerStory, enrollment: Enrollment) -> Iterator[LessonProgress]:
    for lesson, when in story.done:
        yield LessonProgress(
            enrollment=enrollment,
            lesson=lesson,
            status=ProgressStatus.COMPLETED,
            completion_date=when,
            first_completed_at=when,
            last_accessed=when,
        )


def _attempts(story: LearnerStory, enrollment: Enrollment) -> Iterator[QuizAttempt]:
    for lesson, when in story.done:
        if lesson.has_quiz:
            attempt = story.course.attempt(lesson)
            attempt.enrollment, attempt.created_at = enrollment, when
            yield attempt


def _certificate(story: LearnerStory, enrollment: Enrollment, number: int) -> Certificate:
    issued_at = story.done[-1][1]
    return Certificate(
        enrollment=enrollment,
        number=number,
        name=story.learner.name,
        course_title=story.course.title,
        producer_name=story.course.lead.name,
        lessons=len(story.course.lessons),
        minutes=sum(story.course.minutes),
        issued_at=issued_at,
        issued_on=issued_at.astimezone(zone_of(story.learner.time_zone)).date(),
    )


def _review(story: LearnerStory, said: Said) -> Review:
    return Review(
        user=story.learner,
        course=story.course.page,
        rating=said.rating,
        content=said.content.strip(),
        created_at=said.when,
        updated_at=said.when,
    )
