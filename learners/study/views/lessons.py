"""The lesson page: the player, the closed door, and the preview that plays in place."""

from uuid import UUID, uuid4

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe
from wagtail.blocks import StreamValue

from courses.blocks.openings import opening
from courses.models import CoursePage, LessonPage
from courses.swaps.answers import page_or_parts
from courses.words.cutting import shorten
from learners.access.decision import Reason
from learners.access.doors import Door, door_to, gated, locked, version_to_read
from learners.access.lesson_media import media_read
from learners.enrollment.progress import open_lesson
from learners.models import Enrollment, QuizAttempt
from learners.quizzes.attempts import latest_attempt
from learners.quizzes.questions import parts_of, quiz_of
from learners.study.passes import watching_pass
from learners.study.selectors import last_lesson
from learners.study.syllabus import syllabus_of
from learners.study.transcripts import transcript_lines

# What search engines show of a page, in letters.
LONGEST_DESCRIPTION = 160


@require_safe
@gated
def lesson(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """A lesson as this reader may see it; ``?preview=1`` answers its body alone."""
    door = door_to(request, uuid)
    if not door.access.allowed:
        return locked(request, door)
    if "preview" in request.GET:
        return preview_fragment(request, door)
    if door.access.records and _is_really_read(request):
        open_lesson(enrollment=door.enrollment, lesson=door.lesson)
    attempt = None
    if door.access.records and "again" not in request.GET:
        attempt = latest_attempt(door.enrollment, door.lesson) if _asks(door) else None
    return lesson_page(request, door, attempt=attempt)


def lesson_page(
    request: HttpRequest,
    door: Door,
    *,
    attempt: QuizAttempt | None = None,
    picked: dict[str, list[str]] | None = None,
    error: str = "",
    status: int = 200,
) -> HttpResponse:
    """The player for an open door. ``picked`` and ``error`` belong to answers sent back."""
    access = door.access
    is_found = access.reason == Reason.PREVIEW
    shown = version_to_read(door, wants_draft="draft" in request.GET)
    syllabus = syllabus_of(
        course_id=door.course.pk,
        enrollment=door.enrollment if access.records else None,
        all_open=access.reason != Reason.PREVIEW,
    )
    step = syllabus.find(door.lesson.uuid) if syllabus else None
    before, after = syllabus.neighbours(door.lesson.uuid) if syllabus else (None, None)
    with media_read(shown.body):
        quiz = quiz_of(
            shown,
            attempt=attempt,
            error=error,
            answerable=access.records or access.is_visit,
        )
        lead = _lead_video(shown)
        context = {
            "access": access,
            # Named in the sitemap, so search engines may keep it.
            "is_found": is_found,
            "canonical": request.build_absolute_uri(
                reverse("learners:lesson", args=[door.lesson.uuid])
            ),
            "told": shorten(" ".join(opening(shown.body)), LONGEST_DESCRIPTION) if is_found else "",
            "course": door.course,
            "course_title": syllabus.title if syllabus else door.course.title,
            "lesson": shown,
            "item": door.item,
            "syllabus": syllabus,
            "step": step,
            "before": before,
            "after": after,
            "quiz": quiz,
            "quiz_token": uuid4(),
            "lead": lead,
            "pass": watching_pass(request, door.enrollment, shown)
            if lead and access.records
            else "",
            "transcript": transcript_lines(lead.value["transcript"]) if lead else [],
            "parts": parts_of(shown, quiz, picked, without=lead),
            "start": step.starts_at if step else 0,
            "certificate_code": door.facts.certificate_code,
            "is_draft": shown is not door.lesson,
            "may_see_draft": access.is_visit and door.facts.may_see_draft,
        }
        response = page_or_parts(
            request,
            page="learners/study/lesson.html",
            parts="learners/study/lesson_parts.html",
            context=context,
            status=status,
        )
    if is_found:
        response["X-Robots-Tag"] = "all"
    return response


def preview_fragment(request: HttpRequest, door: Door) -> HttpResponse:
    """The body of an open lesson, to be shown inside the course page. Records nothing."""
    shown = version_to_read(door, wants_draft=False)
    with media_read(shown.body):
        quiz = quiz_of(shown, answerable=False)
        context = {
            "lesson": shown,
            "course": door.course,
            "item": door.item,
            "quiz": quiz,
            "parts": parts_of(shown, quiz),
            "start": 0,
        }
        return render(request, "learners/study/preview.html", context)


@require_safe
@gated
def resume(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Go on with a course: the lesson where one stopped, or the next that is not done."""
    course = get_object_or_404(CoursePage, uuid=uuid)
    enrollment = None
    if request.user.is_authenticated:
        enrollment = Enrollment.objects.studying().filter(user=request.user, course=course).first()
    syllabus = syllabus_of(course_id=course.pk, enrollment=enrollment)
    if syllabus is None:  # nothing was released: not even its address is public
        raise Http404
    step = syllabus.resume_at(last_lesson(enrollment))
    if step is None or (enrollment is None and not request.user.is_authenticated):
        return redirect(course.get_url(request) or "/")
    return redirect("learners:lesson", step.uuid)


def _asks(door: Door) -> bool:
    return bool(door.item and door.item.has_quiz)


def _lead_video(shown: LessonPage) -> StreamValue.StreamChild | None:
    """The video a lesson opens with, which gets the stage."""
    first = next(iter(shown.body), None)
    return first if first is not None and first.block_type == "video" else None


def _is_really_read(request: HttpRequest) -> bool:
    """Not a HEAD request, and not a browser that fetches ahead."""
    ahead = request.headers.get("Sec-Purpose", "") or request.headers.get("Purpose", "")
    return request.method == "GET" and not ahead.startswith(("prefetch", "prerender"))
