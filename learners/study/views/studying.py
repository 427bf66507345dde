"""What a learner sends from a lesson: done, not done after all, where it stands, answers."""

import re
from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_POST

from courses.limits.trying import limit
from learners.access.decision import Reason
from learners.access.doors import Door, door_to, gated, locked
from learners.enrollment.positions import write_position
from learners.enrollment.progress import mark_complete, mark_incomplete, save_position
from learners.errors import LearnerError
from learners.models import Enrollment, EnrollmentStatus
from learners.quizzes.attempts import grade, submit_quiz
from learners.quizzes.questions import PREFIX
from learners.study.passes import watching_by

from .lessons import content_for, lesson_page

# Six a minute is what a film says of itself; a few may run at once.
TOLD = "120/minute"
SECONDS = re.compile(r"[0-9]{1,9}")
NOTHING_KEPT = gettext_lazy("You are looking on, so nothing is recorded.")


@require_POST
@gated
def complete(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Mark the lesson as done and come back to its end."""
    return _change(request, uuid, mark_complete)


@require_POST
@gated
def incomplete(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Take that back."""
    return _change(request, uuid, mark_incomplete)


@csrf_exempt
@require_POST
@gated
def position(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Keep where the video stands: ``second``, whole seconds. Answers 204.

    With the ``pass`` of its page, one SQL: it is signed for this browser, as a token would be.
    When it is not good any more, or there is none, the door decides, as everywhere.
    """
    second = request.POST.get("second", "")
    known = watching_by(request, uuid) if SECONDS.fullmatch(second) else None
    if known is not None:
        watching, session = known
        limit(action="watching", who=watching.enrollment, rate=TOLD)
        if write_position(watching=watching, second=int(second), session=session):
            return HttpResponse(status=204)
    return _position_by_the_door(request, uuid)


@csrf_protect
def _position_by_the_door(request: HttpRequest, uuid: UUID) -> HttpResponse:
    if request.user.is_authenticated:
        limit(action="watching", who=request.user.pk, rate=TOLD)
    door = door_to(request, uuid)
    if not door.access.allowed:
        return locked(request, door)
    try:
        second = int(request.POST.get("second", ""))
    except ValueError:
        return HttpResponseBadRequest("second must be a whole number")
    if door.access.records:
        save_position(enrollment=door.enrollment, lesson=door.lesson, second=second)
    return HttpResponse(status=204)


@require_POST
@gated
def quiz(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Grade the answers and show them; what cannot be graded comes back as it was sent.

    In an open lesson anybody may try, and nothing is kept.
    """
    door = door_to(request, uuid)
    if not door.access.allowed:
        return locked(request, door)
    answers = _answers(request)
    try:
        if door.access.records:
            content, _is_draft = content_for(door, wants_draft=False)
            submit_quiz(
                enrollment=door.enrollment,
                lesson=content.lesson,
                answers=answers,
                token=_token(request),
                facts=door.facts,
                questions=content.kept_questions,
            )
            return HttpResponseRedirect(_address(door, "quiz"))
        if door.access.reason == Reason.HISTORY:
            return HttpResponseRedirect(_address(door))
        content, _is_draft = content_for(door, wants_draft="draft" in request.GET)
        questions = content.kept_questions
        attempt = grade(lesson=content.lesson, answers=answers, questions=questions)
        if door.access.is_visit:
            messages.info(request, NOTHING_KEPT)
        return lesson_page(request, door, attempt=attempt)
    except LearnerError as refusal:
        return lesson_page(request, door, picked=answers, error=str(refusal), status=422)


def _change(request: HttpRequest, uuid: UUID, verb: Callable[..., Enrollment]) -> HttpResponse:
    door = door_to(request, uuid)
    if not door.access.allowed:
        return locked(request, door)
    if not door.access.records:
        messages.info(request, NOTHING_KEPT)
        return HttpResponseRedirect(_address(door))
    was = door.enrollment.status
    try:
        enrollment = verb(enrollment=door.enrollment, lesson=door, facts=door.facts)
    except LearnerError as refusal:
        messages.error(request, str(refusal))
        return HttpResponseRedirect(_address(door, "finish"))
    if enrollment.status == EnrollmentStatus.COMPLETED != was:
        messages.success(request, _("That was the last lesson. Your certificate is ready."))
    return HttpResponseRedirect(_address(door, "finish"))


def _address(door: Door, anchor: str = "") -> str:
    path = reverse("learners:lesson", args=[door.uuid])
    return f"{path}#{anchor}" if anchor else path


def _answers(request: HttpRequest) -> dict[str, list[str]]:
    return {
        name.removeprefix(PREFIX): request.POST.getlist(name)
        for name in request.POST
        if name.startswith(PREFIX)
    }


def _token(request: HttpRequest) -> UUID | None:
    try:
        return UUID(request.POST.get("token", ""))
    except ValueError:
        return None
