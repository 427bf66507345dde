"""A lesson and the decision on it, for one request: where every door begins.

A lesson that is missing and one whose existence is not public answer the same 404. A lesson
that is closed answers 403 with a page that says what it is, why it is closed and what comes
next, and not a byte of what is in it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, wraps
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from courses.models import LessonPage, ReleaseItem, ReleaseStatus
from learners.models import Enrollment

from .decision import Access, Reason, decide
from .facts import IS_BEGUN, AccessFacts, CourseInBrief, Mark, access_facts


@dataclass(frozen=True)
class Door:
    uuid: UUID  # of the lesson
    page_id: int
    course: CourseInBrief
    facts: AccessFacts
    access: Access

    @property
    def pk(self) -> int:
        """Of the lesson, for verbs that ask no more of one."""
        return self.page_id

    @cached_property
    def lesson(self) -> LessonPage:
        """The live row. Read when somebody asks for more than which lesson it is."""
        return self.facts.lesson or LessonPage.objects.get(pk=self.page_id)

    @property
    def enrollment(self) -> Enrollment:
        """The learner's. Nobody else leaves traces: ask ``access.records`` first."""
        if self.facts.enrollment is None:
            raise LookupError("This reader is not enrolled.")
        return self.facts.enrollment

    @property
    def item(self) -> ReleaseItem | None:
        return self.facts.item

    def note_opened(self) -> None:
        """The learner opened it in this request, after the facts were read."""
        if not self.facts.studied:
            self.facts.marks[self.page_id] = Mark(self.page_id, IS_BEGUN)

    @property
    def shows_draft(self) -> bool:
        """Whether nothing of the lesson was ever released, so that a draft is all there is."""
        return self.facts.item is None


def door_to(request: HttpRequest, uuid: UUID) -> Door:
    """The lesson with this UUID and the decision on it. Raises Http404 when it is not public."""
    facts = access_facts(request.user, uuid)
    if facts is None:
        raise Http404
    access = decide(facts, timezone.now())
    place = facts.item.page_id if facts.item else facts.lesson and facts.lesson.pk
    if access.hidden or facts.course is None or place is None:
        raise Http404
    return Door(uuid, place, facts.course, facts, access)


def version_to_read(door: Door, *, wants_draft: bool) -> LessonPage:
    """The lesson with the body that this reader sees.

    Learners and strangers read the live lesson; who studied a retired one reads it as it
    was last released, because its row may have been written on since. The team reads its
    draft where nothing is released, and on request; a moderator reads what was pinned.
    """
    lesson, facts = door.lesson, door.facts
    if facts.may_see_draft and (wants_draft or door.shows_draft):
        return lesson.get_latest_revision_as_object()
    if facts.item is None:
        return _pinned(lesson) or lesson
    if not facts.released:
        return facts.item.revision.as_object()
    return lesson


def readable_versions(door: Door) -> list[LessonPage]:
    """Every version of the lesson that this reader may see: what its files may belong to."""
    versions = [version_to_read(door, wants_draft=False)]
    if door.access.is_visit:
        if door.facts.may_see_draft and not door.shows_draft:
            versions.append(door.lesson.get_latest_revision_as_object())
        pinned = _pinned(door.lesson)
        if pinned is not None:
            versions.append(pinned)
    return versions


def gated(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """What it answers is for this reader, now: no cache keeps it.

    Nobody indexes it either, unless the view has set ``X-Robots-Tag`` itself.
    """

    @wraps(view)
    def wrapper(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response["Cache-Control"] = "private, no-store"
        response.headers.setdefault("X-Robots-Tag", "noindex")
        return response

    return wrapper


def locked(request: HttpRequest, door: Door) -> HttpResponse:
    """The page of a closed door, 403. Only public words of the course stand on it."""
    # What was sent cannot be sent by following a link: that leads to the lesson.
    asks = request.method in ("GET", "HEAD")
    context = {
        "access": door.access,
        "reason": Reason(door.access.reason).value,
        "course": door.course,
        "item": door.item,
        "back": request.get_full_path() if asks else reverse("learners:lesson", args=[door.uuid]),
    }
    return render(request, "learners/access/locked.html", context, status=403)


def _pinned(lesson: LessonPage) -> LessonPage | None:
    """The lesson as it waits for a moderator, if it does."""
    item = (
        ReleaseItem.objects.filter(page_id=lesson.pk, release__status=ReleaseStatus.IN_REVIEW)
        .select_related("revision")
        .first()
    )
    return item.revision.as_object() if item else None
