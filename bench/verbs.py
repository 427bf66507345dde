"""Work that is no page: what a producer and a moderator wait for when they press a button.

Done in this process and taken back, so that every run finds the same site.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass

from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from courses.models import ItemKind
from courses.releases import approve_release, submit_course, withdraw_release
from learners.models import User

from .filling.people import address
from .landmarks import Landmarks


@dataclass(frozen=True)
class Deed:
    title: str
    seconds: float
    statements: int
    limit: float  # seconds

    @property
    def is_met(self) -> bool:
        return self.seconds <= self.limit


def deeds(site: Landmarks) -> list[Deed]:
    release = site.submission_of_long
    author = User.objects.get(email=address("author"))
    moderator = User.objects.get(email=address("moderator"))

    def submit() -> None:
        submit_course(course=site.long, user=author)

    def approve() -> None:
        approve_release(release=release, user=moderator)

    lessons = release.items.filter(kind=ItemKind.LESSON).count()
    with transaction.atomic():
        withdraw_release(release=release, user=author)
        submitted = _timed(f"submit {lessons} lessons", submit)
        transaction.set_rollback(True)
    with transaction.atomic():
        approved = _timed(f"approve {lessons} lessons", approve)
        transaction.set_rollback(True)
    return [submitted, approved]


def _timed(title: str, work: Callable[[], None]) -> Deed:
    with CaptureQueriesContext(connection) as captured:
        began = time.monotonic()
        work()
        seconds = time.monotonic() - began
    return Deed(title, seconds, len(captured), limit=2.0)
