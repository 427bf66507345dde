"""A pass for one page: who watches what, signed, so that nobody has to be looked up again.

It is good for the browser it was given to, as long as that is signed in, and for a day.
"""

from dataclasses import asdict
from hashlib import sha256
from typing import Protocol
from uuid import UUID

from django.conf import settings
from django.core import signing
from django.http import HttpRequest

from courses.people import signed_in
from learners.enrollment.positions import Watching, fingerprint
from learners.models import Enrollment

SALT = "learners.watching"
A_DAY = 24 * 60 * 60


class Watched(Protocol):
    """A lesson with a video."""

    @property
    def pk(self) -> int: ...
    @property
    def uuid(self) -> UUID: ...
    @property
    def longest(self) -> int: ...  # seconds of its longest video


def watching_pass(request: HttpRequest, enrollment: Enrollment, lesson: Watched) -> str:
    """For ``data-pass``: what ``watching_by`` reads."""
    told = asdict(
        Watching(
            enrollment=enrollment.pk,
            lesson=lesson.pk,
            longest=lesson.longest,
            password=fingerprint(signed_in(request).password),
        )
    )
    told |= {"enrollment": str(enrollment.pk), "uuid": str(lesson.uuid)}
    return signing.dumps(told | {"session": _named(_session_of(request))}, salt=SALT)


def watching_by(request: HttpRequest, uuid: UUID) -> tuple[Watching, str] | None:
    """What the pass in this post says, and the key of the session; None when it is not for it."""
    session = _session_of(request)
    try:
        told = signing.loads(request.POST.get("pass", ""), salt=SALT, max_age=A_DAY)
    except signing.BadSignature:
        return None
    if not session or told.pop("session") != _named(session) or told.pop("uuid") != str(uuid):
        return None
    return Watching(**told | {"enrollment": UUID(told["enrollment"])}), session


def _session_of(request: HttpRequest) -> str:
    """From the cookie: to open the session would be to look it up."""
    return request.COOKIES.get(settings.SESSION_COOKIE_NAME, "")


def _named(session: str) -> str:
    """The page must not hold the key itself, which scripts may not read."""
    return sha256(f"{SALT} {session}".encode()).hexdigest()
