"""Drafts in the player, for the editor's preview. Nothing is recorded."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from courses.comments.places import id_of, places_in
from courses.models import CoursePage, LessonPage
from learners.access.decision import Access, Reason
from learners.access.lesson_media import media_read
from learners.quizzes.questions import parts_of, quiz_of

from .transcripts import transcript_lines


def preview_lesson(
    lesson: LessonPage, request: HttpRequest, *, submitted: bool = False
) -> HttpResponse:
    """The lesson as a learner would read it: as it is being written, or as it was submitted."""
    course = CoursePage.objects.ancestor_of(lesson).first()
    first = next(iter(lesson.body), None)
    lead = first if first is not None and first.block_type == "video" else None
    with media_read(lesson.body):
        quiz = quiz_of(lesson, answerable=False)
        context = {
            "access": Access(allowed=True, reason=Reason.TEAM),
            "course": course,
            "course_title": course.title,
            "lesson": lesson,
            "quiz": quiz,
            "lead": lead,
            "transcript": transcript_lines(lead.value["transcript"]) if lead else [],
            "parts": parts_of(lesson, quiz, without=lead),
            "start": 0,
            "is_draft": not submitted,
            "is_submitted": submitted,
            "places": _places(lesson) if submitted else {},
            "may_see_draft": False,
        }
        return render(request, "learners/study/lesson.html", context)


def _places(lesson: LessonPage) -> dict[str, str]:
    """What whoever comments on a block chooses it by, by the block's id."""
    return {id_of(path): called for path, called in places_in(lesson.body)}
