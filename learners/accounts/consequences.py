"""What closing an account, or taking its role, would do: told to an admin before they do it."""

from dataclasses import dataclass

from courses.models import CoursePage, TeamRole
from learners.models import Enrollment, EnrollmentStatus, User

NAMED = 5  # courses by name; a person may lead hundreds


@dataclass(frozen=True)
class Led:
    """The released courses that hang on one person, and how many hold on to them."""

    on_sale: int  # now, so what would leave the shop
    learners: int  # of those on sale, each counted once; they keep them
    waiting: list[CoursePage]  # not sold only because this lead does not teach; the first few


def courses_led_by(user: User) -> Led:
    """Three queries, at any number of courses."""
    led = CoursePage.objects.filter(team__user=user, team__role=TeamRole.LEAD)
    sold = CoursePage.objects.on_sale().filter(pk__in=led.values("pk"))
    studying = Enrollment.objects.filter(course__in=sold.values("pk")).exclude(
        status=EnrollmentStatus.REFUNDED
    )
    unled = led.live().filter(archived_at=None).exclude(pk__in=CoursePage.objects.led())
    return Led(
        on_sale=sold.count(),
        learners=studying.values("user").distinct().count(),
        waiting=list(unled.order_by("title", "pk").only("title")[:NAMED]),
    )
