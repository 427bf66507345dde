"""Whose clock a page shows: the reader's, else the site's.

A browser knows where it is: it tells at sign-up, or on the next visit, and a person may say
otherwise on their account page. Wagtail keeps a second zone for each person; it is not asked
(``courses/wagtail_bends/``).
"""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta, tzinfo
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from courses.people import Person
from courses.wording.zones import ZONES, zone_of
from learners.models import User

logger = logging.getLogger(__name__)


class ZoneOfTheReader:
    """Sets the clock for one request. Asks for nobody until a time is written."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with timezone.override(ReadersZone(request)):
            return self.get_response(request)


class ReadersZone(tzinfo):
    """The zone of whoever asks, found when it is needed: most pages tell no time, and one that
    asked who reads it could not be kept by a cache."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = request

    @cached_property
    def zone(self) -> ZoneInfo:
        return zone_of(getattr(self._request.user, "time_zone", ""))

    def utcoffset(self, moment: datetime | None) -> timedelta | None:
        return self.zone.utcoffset(moment)

    def dst(self, moment: datetime | None) -> timedelta | None:
        return self.zone.dst(moment)

    def tzname(self, moment: datetime | None) -> str | None:
        return self.zone.tzname(moment)

    def fromutc(self, moment: datetime) -> datetime:
        """In the zone itself, so that what is kept does not keep the request."""
        return self.zone.fromutc(moment.replace(tzinfo=self.zone))

    def __str__(self) -> str:
        """As PostgreSQL knows it."""
        return self.zone.key

    def __reduce__(self) -> tuple[Any, ...]:
        return ZoneInfo, (self.zone.key,)


def guess_zone(*, user: Person, zone: str) -> bool:
    """What their browser says, for whoever has not said anything; whether it was taken.

    It is a guess, so a zone that nobody knows is none.
    """
    if zone not in ZONES:
        return False
    taken = User.objects.filter(pk=user.pk, time_zone="").update(time_zone=zone)
    if taken:
        logger.info(
            "time zone guessed",
            extra={"event": "person.zone", "person": str(user.pk), "zone": zone},
        )
    return bool(taken)
