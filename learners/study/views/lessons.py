"""The lesson page: the player, the closed door, and the preview that plays in place."""

from functools import partial
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.views.decorators.http import require_safe

from courses.models import CoursePage
from courses.releases.outline import kept_outline
from courses.swaps.answers import page_or_parts
from learners.access.decision import Access, Reason
from learners.access.doors import Door, door_to, gated, locked, version_to_read
from learners.access.lesson_media import media_read
from learners.enrollment.progress import open_lesson
from learners.errors import LearnerError
from learners.models import Enrollment, QuizAttempt
from learners.quizzes.questions import Answering, parts_of, quiz_of
from learners.study.content import Content, content_of, released_content
from learners.study.kept_page import PAGE, Sheet, drawn_for_nobody, title_of
from learners.study.mine import Mine
from learners.study.selectors import last_lesson
from learners.study.syllabus import Syllabus, syllabus_of, with_marks


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
        try:
            open_lesson(enrollment=door.enrollment, lesson=door)
        except LearnerError:  # closed since the door was asked
            return locked(request, door_to(request, uuid))
        door.note_opened()
    attempt = door.facts.attempt if door.access.records and "again" not in request.GET else None
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
    content, is_draft = content_for(door, wants_draft="draft" in request.GET)
    lesson = content.lesson
    syllabus = _syllabus(door)
    step = syllabus.find(door.uuid) if syllabus else None
    before, after = syllabus.neighbours(door.uuid) if syllabus else (None, None)
    quiz = content.quiz(attempt, error, answering=_answering(access))
    course_title = syllabus.title if syllabus else door.course.title
    sheet = _kept_page(door, content, syllabus)
    context = {
        "access": access,
        # Named in the sitemap, so search engines may keep it.
        "is_found": is_found,
        "canonical": _canonical(request, door) if is_found else "",
        "told": content.told,
        "course": door.course,
        "course_title": course_title,
        "page_title": "" if sheet else title_of(lesson, course_title),
        "lesson": lesson,
        "item": door.item,
        "syllabus": syllabus,
        "step": step,
        "before": before,
        "after": after,
        "quiz": quiz,
        "lead": content.lead,
        "content": content,
        "enrollment": door.facts.enrollment,
        "parts": content.parts(quiz, picked),
        "certificate_code": door.facts.certificate_code,
        "reviewed": door.facts.reviewed,
        "is_draft": is_draft,
        "may_see_draft": access.is_visit and door.facts.may_see_draft,
    }
    context["mine"] = mine = Mine(request, context)
    # One token for all of the page: each is masked anew, which costs.
    context["csrf_token"] = SimpleLazyObject(lambda: mine.csrf_token)
    response = page_or_parts(
        request,
        page=partial(sheet.filled, mine) if sheet else PAGE,
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
        quiz = quiz_of(shown, answering=Answering.ELSEWHERE)
        context = {
            "lesson": shown,
            "course": door.course,
            "item": door.item,
            "quiz": quiz,
            "parts": parts_of(shown.body, quiz),
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


def content_for(door: Door, *, wants_draft: bool) -> tuple[Content, bool]:
    """What this reader reads of the lesson, and whether it is not what is live."""
    if door.facts.released and not (wants_draft and door.facts.may_see_draft):
        return released_content(door), False
    shown = version_to_read(door, wants_draft=wants_draft)
    return content_of(shown, door.course), shown is not door.lesson


def _syllabus(door: Door) -> Syllabus | None:
    """The course at the side, with the marks of whoever leaves some."""
    enrollment = door.enrollment if door.access.records else None
    all_open = door.access.reason != Reason.PREVIEW
    if not (door.facts.released and door.item):
        return syllabus_of(course_id=door.course.pk, enrollment=enrollment, all_open=all_open)
    return with_marks(
        kept_outline(door.item.release_id),
        door.facts.marks if enrollment else {},
        enrollment=enrollment,
        all_open=all_open,
    )


def _kept_page(door: Door, content: Content, syllabus: Syllabus | None) -> Sheet | None:
    """Of a released lesson for those who study it; None for others, and for what may change."""
    item, course = door.item, door.course
    if not (door.access.records and content.always_reads_the_same and item and syllabus):
        return None
    payments_are_tests = getattr(settings, "PAYMENTS_ARE_TESTS", False)

    def drawn() -> Sheet:
        nobodys = Syllabus(syllabus.outline, {})
        return drawn_for_nobody(
            {
                "access": door.access,
                "course": course,
                "course_title": syllabus.title,
                "page_title": title_of(content.lesson, syllabus.title),
                "payments_are_tests": payments_are_tests,
                "lesson": content.lesson,
                "item": item,
                "syllabus": True,
                "after": nobodys.neighbours(door.uuid)[1],
                "quiz": bool(content.lesson.questions),
                "lead": content.lead,
                "content": content,
            }
        )

    return content.page((item.pk, course.slug, payments_are_tests), drawn)


def _answering(access: Access) -> Answering:
    if access.reason == Reason.PREVIEW:
        return Answering.TRIED
    return Answering.GRADED if access.records or access.is_visit else Answering.OVER


def _canonical(request: HttpRequest, door: Door) -> str:
    return request.build_absolute_uri(reverse("learners:lesson", args=[door.uuid]))


def _is_really_read(request: HttpRequest) -> bool:
    """Not a HEAD request, and not a browser that fetches ahead."""
    ahead = request.headers.get("Sec-Purpose", "") or request.headers.get("Purpose", "")
    return request.method == "GET" and not ahead.startswith(("prefetch", "prerender"))
