"""What waits for a person in the studio: one row each, the longest waiting first.

A room adds its own with the hook ``things_that_wait``: it takes the request and gives ``Waiting``.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery, UUIDField
from django.db.models.functions import Coalesce, JSONObject
from django.http import HttpRequest
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail import hooks
from wagtail.models import Comment, CommentReply

from courses.models import CourseRelease, CourseTeamMember, ReleaseStatus
from courses.models.team import may_teach
from courses.people import Person, signed_in
from courses.teams.invitations import invitations_to
from courses.wording.apart import apart
from courses.wording.moments import format_moment
from courses.wording.numbers import in_words

from .my_courses import OwnCourse

ROWS = 8  # of one kind
MOST = 100  # that are counted
LONGEST = 120  # characters of what somebody said


@dataclass(frozen=True)
class PostedAnswer:
    """A button that posts. ``is_quiet`` for the one that is not the usual."""

    url: str
    label: str
    is_quiet: bool = False


@dataclass(frozen=True)
class Thing:
    """``lead`` is who or what, ``said`` what they want, ``about`` where it stands.

    ``quoted`` is what somebody said, where ``said`` only tells that they did.
    One verb leads to it, ``label`` at ``url``; or it is answered right here, by ``answers``.
    """

    icon: str
    lead: str
    said: str
    about: str
    since: datetime
    label: str = ""
    url: str = ""
    course: int = 0  # whose row it is, where it says what the list of courses would say again
    answers: list[PostedAnswer] = field(default_factory=list)
    language: str = ""  # of ``lead``, where it is a title
    is_late: bool = False
    quoted: str = ""


@dataclass(frozen=True)
class Waiting:
    """``total`` may be more than is shown; ``more`` leads to all of it, and ``all_of`` says so."""

    things: list[Thing]
    total: int
    more: str = ""
    all_of: str = ""


def first_of(
    rows: QuerySet[Any], thing: Callable[[Any], Thing], *, more: str, all_of: str
) -> Waiting:
    """The first of ``rows``, each as a ``thing``, and how many wait; two statements at most."""
    shown = list(rows[:ROWS])
    total = len(shown) if len(shown) < ROWS else rows[:MOST].count()
    return Waiting([thing(row) for row in shown], total, more=more, all_of=all_of)


@dataclass(frozen=True)
class WhatWaits:
    things: list[Thing]
    total: int
    ways: list[Waiting]  # those of which more waits than is shown

    @property
    def sentence(self) -> str:
        if not self.total:
            return _("Nobody waits for an answer from you")
        if self.total >= MOST:
            return _("More than %(number)s things wait for you") % {"number": MOST - 1}
        told = ngettext(
            "%(number)s thing waits for you", "%(number)s things wait for you", self.total
        )
        return told % {"number": in_words(self.total, first=True)}


def what_waits(request: HttpRequest, courses: Iterable[OwnCourse]) -> WhatWaits:
    """``courses`` are those of the page, whose comments are looked through.

    One statement for whoever may teach, beside what the hooks ask.
    """
    user = signed_in(request)
    own = _of_a_team(user, list(courses)) if may_teach(user) else []
    found: list[Waiting] = own + [hook(request) for hook in hooks.get_hooks("things_that_wait")]
    things = sorted((thing for kind in found for thing in kind.things), key=lambda one: one.since)
    return WhatWaits(
        things=things,
        total=sum(kind.total for kind in found),
        ways=[kind for kind in found if kind.total > len(kind.things)],
    )


def invitations_that_wait(user: Person) -> WhatWaits:
    """One statement."""
    told = invitations_to(user).values_list(_INVITATION, flat=True)
    found = _all([_invited(one) for one in told])
    return WhatWaits(found.things, found.total, [])


def _all(things: list[Thing]) -> Waiting:
    return Waiting(things, len(things))


# What is told of each kind of row, as JSON: so that all of them are read at once.
_COURSE = {"course": "course_id", "title": "course__draft_title", "language": "course__language"}
_INVITATION = JSONObject(
    **_COURSE,
    key="pk",
    name="invited_by__name",
    email="invited_by__email",
    since="created_at",
    until="expires_at",
)
_ASKED = JSONObject(**_COURSE, note="note", since="decided_at")
_THREAD = JSONObject(
    key="pk",
    page="page_id",
    title="page__draft_title",
    place="contentpath",
    text="text",
    name="user__name",
    email="user__email",
    since="created_at",
)

Told = dict[str, Any]


def _of_a_team(user: Person, courses: list[OwnCourse]) -> list[Waiting]:
    asking: list[QuerySet[Any, Any]] = [
        invitations_to(user).values(told=_INVITATION),
        _sent_back_to(user).values(told=_ASKED)[:ROWS],
    ]
    if courses:
        asking.append(_threads_in(user, courses).values(told=_THREAD)[:ROWS])
    rows = get_user_model().objects.filter(pk=user.pk).values_list(*map(ArraySubquery, asking))
    invited, asked, threads = (*rows.get(), [])[:3]
    return [
        _all([_invited(one) for one in invited]),
        _all([_asked_for(one) for one in asked]),
        _all([_said(one) for one in threads]),
    ]


def _sent_back_to(user: Person) -> QuerySet[CourseRelease]:
    """Submissions that a moderator sent back, while that is the last word."""
    theirs = CourseTeamMember.objects.teaching().of(user).values("course")
    later = CourseRelease.objects.submissions().filter(
        course=OuterRef("course"), number__gt=OuterRef("number")
    )
    return (
        CourseRelease.objects.filter(course__in=theirs, status=ReleaseStatus.CHANGES_REQUESTED)
        .filter(~Exists(later))
        .order_by("decided_at", "pk")
    )


def _threads_in(user: Person, courses: list[OwnCourse]) -> QuerySet[Comment, Any]:
    """Threads in these courses that are open and in which somebody else has the last word."""
    below = Q()
    for item in courses:
        below |= Q(page__path__startswith=item.course.path)
    last = CommentReply.objects.filter(comment=OuterRef("pk")).order_by("-created_at", "-pk")
    last_word = Coalesce(Subquery(last.values("user")[:1]), "user", output_field=UUIDField())
    # What a moderator asked for is a comment on the course too; it waits as a row of its own.
    note = CourseRelease.objects.filter(
        course=OuterRef("page_id"), note=OuterRef("text"), decided_by=OuterRef("user")
    )
    threads: QuerySet[Comment, Any] = (
        Comment.objects.filter(below, ~Exists(note), resolved_at=None)
        .annotate(had_last_word=last_word)
        .exclude(had_last_word=user.pk)
        .order_by("created_at", "pk")
    )
    return threads


def _invited(told: Told) -> Thing:
    def answer(verb: str) -> str:
        return reverse("studio:answer_invitation", args=[told["key"], verb])

    return Thing(
        icon="group",
        lead=told["title"],
        language=told["language"],
        said=_("is a course that %(person)s would like to write with you.")
        % {"person": _person(told)},
        about=_("Answer until %(date)s.") % {"date": format_moment(_moment(told["until"]))},
        since=_moment(told["since"]),
        answers=[
            PostedAnswer(answer("accept"), _("Join the team")),
            PostedAnswer(answer("decline"), _("Decline"), is_quiet=True),
        ],
    )


def _asked_for(told: Told) -> Thing:
    return Thing(
        icon="warning",
        lead=told["title"],
        language=told["language"],
        said=_("was sent back: a moderator asks for changes."),
        about=Truncator(told["note"]).chars(LONGEST),
        since=_moment(told["since"]),
        label=_("See what to change"),
        url=reverse("studio:before_you_submit", args=[told["course"]]),
        course=told["course"],
        is_late=True,
    )


def _said(told: Told) -> Thing:
    edit = reverse("wagtailadmin_pages:edit", args=[told["page"]])
    return Thing(
        icon="comment",
        lead=_person(told),
        said=_("wrote in “%(title)s”:") % {"title": apart(told["title"])},
        about="",
        quoted=Truncator(told["text"]).chars(LONGEST),
        since=_moment(told["since"]),
        label=_("Answer"),
        # The comment itself, beside the field that it is about.
        url=f"{edit}?answer={told['key']}#:w:contentpath={told['place']}",
    )


def _person(told: Told) -> str:
    return apart(told["name"] or told["email"])


def _moment(told: str) -> datetime:
    """As PostgreSQL writes it into JSON."""
    return datetime.fromisoformat(told)
