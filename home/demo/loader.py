"""Loads the demo. Each part creates what is missing and leaves alone what is there."""

import logging
from dataclasses import asdict, dataclass
from datetime import datetime

from django.conf import settings
from django.utils import timezone

from courses.records.counting import count_all_anew
from home.founding import found_site

from .activity import load_activity, written_activity
from .coupons import load_coupons
from .courses import load_courses
from .exports import ask_for_exports
from .help import load_inquiries, load_seller, written_help
from .people import load_people
from .post import already_sent
from .synonyms import load_synonyms
from .teams import load_invitations

logger = logging.getLogger(__name__)


class DemoRefused(Exception):
    """The demo has no business here; says why."""


@dataclass(frozen=True)
class Loaded:
    """How many of each were made by this call; all zero when nothing was missing."""

    people: int
    courses: int
    coupons: int
    enrollments: int

    @property
    def anything(self) -> bool:
        return any((self.people, self.courses, self.coupons, self.enrollments))


def load_demo(*, now: datetime | None = None) -> Loaded:
    """Everything, told up to ``now``. Raises DemoRefused on a site that takes real money."""
    if settings.MAILBOX_DIR is None or not settings.PAYMENTS_ARE_TESTS:
        raise DemoRefused(
            "Demo accounts share a password that everybody knows, so they are only made where "
            "mail stays on this machine and payments are tests."
        )
    now = now or timezone.now()
    activity, letters = written_activity(), written_help()
    with already_sent():
        found_site()
        load_seller(seller=letters["seller"])
        people = load_people(now=now)
        courses = load_courses(activity=activity, now=now)
        load_invitations(activity=activity, now=now)
        coupons = load_coupons(now=now)
        load_synonyms()
        enrollments = load_activity(activity=activity, now=now)
        load_inquiries(inquiries=letters["inquiry"], now=now)
    loaded = Loaded(people=people, courses=courses, coupons=coupons, enrollments=enrollments)
    if loaded.anything:
        # Until it is counted the first pages would be planned for an empty marketplace.
        count_all_anew()
        ask_for_exports()
        logger.info("demo loaded", extra={"event": "demo.loaded", **asdict(loaded)})
    return loaded
