"""The screen, what is asked of it, and what a co-author did meanwhile."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_POST, require_safe
from wagtail import hooks

from courses.checks.ready import readiness_of
from courses.editor.frame import course_in_frame, frame_context
from courses.errors import CourseError
from courses.models import CoursePage
from courses.models.outline import MAKING, OutlineChange
from courses.people import Person, signed_in
from courses.shapes.json_texts import read_json

from .asking import carry_out
from .errors import OutlineClash
from .files import TOO_LARGE, bring_file
from .sample import sample_lesson
from .schemas import read_bring, read_change
from .selectors import DraftOutline, draw, look_at, read_outline
from .telling import outline_as_json
from .tour import shows_tour
from .tree import OutlinePart
from .wording import sentence_of
from .words import words


@require_safe
@never_cache
def outline(request: HttpRequest, course_id: int) -> HttpResponse:
    """The course on one screen, drawn by its script from the JSON that comes with the page."""
    user = signed_in(request)
    course = course_in_frame(user=user, course_id=course_id)
    readiness = readiness_of(course)
    told = read_outline(course=course, user=user, readiness=readiness)
    context = frame_context(course, user=user, tab="outline", readiness=readiness) | {
        "outline": outline_as_json(told),
        "changes_url": reverse("studio:outline_changes", args=[course.pk]),
        "rows_url": reverse("studio:outline_rows", args=[course.pk]),
        "files_url": reverse("studio:outline_files", args=[course.pk]),
        "words": words(),
        "shows_tour": shows_tour(course, user),
    }
    return render(request, "courses/outline/outline.html", context)


@require_safe
@never_cache
def rows(request: HttpRequest, course_id: int) -> HttpResponse:
    """The outline as JSON; 304 where ``version`` is the one that is asked with."""
    user = signed_in(request)
    course = course_in_frame(user=user, course_id=course_id)
    looked = look_at(course=course, user=user)
    if request.GET.get("version") == looked.version:
        return HttpResponseNotModified()
    return JsonResponse(outline_as_json(draw(looked)))


@require_safe
@never_cache
@xframe_options_sameorigin
def sample(request: HttpRequest, course_id: int) -> HttpResponse:
    """A lesson to look at, in the player, which says that it is a sample and of no course."""
    course = course_in_frame(user=signed_in(request), course_id=course_id)
    for preview in hooks.get_hooks("preview_lesson"):
        response: HttpResponse = preview(sample_lesson(course), request, sample=True)
        return response
    raise Http404


@require_POST
def changes(request: HttpRequest, course_id: int) -> JsonResponse:
    """Carries one change out, and answers with the outline that there is now.

    409 where somebody else was first, 400 for what is refused; nothing was written then.
    """
    user = signed_in(request)
    course = course_in_frame(user=user, course_id=course_id)
    try:
        change = carry_out(course_id=course.pk, change=read_change(_body_of(request)), by=user)
    except OutlineClash as clash:
        told = {"who": clash.who, "pages": clash.pages, "title": clash.title}
        return _refused(course, user, clash, status=409, **told)
    except CourseError as refusal:
        return _refused(course, user, refusal, status=400)
    return _done(course, user, change)


@require_POST
def files(request: HttpRequest, course_id: int) -> JsonResponse:
    """Makes a lesson of one file; answers as ``changes`` does, 413 for one that is too large."""
    user = signed_in(request)
    course = course_in_frame(user=user, course_id=course_id)
    try:
        file = request.FILES.get("file")
        if file is None:
            raise CourseError(_("There is no file in what was sent."), code="no_file")
        asked = read_bring(request.POST)
        brought = bring_file(course_id=course.pk, file=file, to=asked.to, by=user, key=asked.key)
    except OutlineClash as clash:
        return _refused(course, user, clash, status=409, who=clash.who, pages=clash.pages)
    except (CourseError, ValidationError) as refusal:
        too_large = getattr(refusal, "code", "") == TOO_LARGE
        return _refused(course, user, _as_refusal(refusal), status=413 if too_large else 400)
    return _done(course, user, brought.change, lost=brought.lost)


def _as_refusal(error: CourseError | ValidationError) -> CourseError:
    """What the checks of files raise is for forms."""
    if isinstance(error, CourseError):
        return error
    return CourseError(" ".join(error.messages), code="file_refused")


def _done(
    course: CoursePage, user: Person, change: OutlineChange, **more: Sequence[str]
) -> JsonResponse:
    now = _read_again(course, user)
    return JsonResponse(
        {
            "outline": outline_as_json(now),
            "said": sentence_of(change, numbers=now.numbers, parts=_parts_of(change, now)),
            "made": _made_by(change),
            **more,
        }
    )


def _body_of(request: HttpRequest) -> Any:
    """Of a form with parts Django keeps no body, once anything has looked at its fields."""
    if request.content_type != "application/json":
        raise CourseError(_("This is no JSON."), code="not_understood")
    try:
        return read_json(request.body)
    except ValueError as error:
        raise CourseError(_("This is no JSON."), code="not_understood") from error


def _read_again(course: CoursePage, user: Person) -> DraftOutline:
    """Its structure may be another one now."""
    return read_outline(course=CoursePage.objects.get(pk=course.pk), user=user)


def _refused(
    course: CoursePage, user: Person, refusal: CourseError, *, status: int, **told: Any
) -> JsonResponse:
    now = outline_as_json(_read_again(course, user))
    answer = {"detail": str(refusal), "code": refusal.code, **told, "outline": now}
    return JsonResponse(answer, status=status)


def _parts_of(change: OutlineChange, now: DraftOutline) -> list[OutlinePart]:
    return now.parts_of(change.steps.values_list("page_id", flat=True))


def _made_by(change: OutlineChange) -> list[int]:
    """The uppermost pages that it added."""
    if change.verb not in MAKING:
        return []
    return list(change.steps.order_by("pk").values_list("page_id", flat=True))
