"""The codes of the demo."""

import tomllib
from datetime import datetime, timedelta
from typing import Any

from courses.models import CoursePage
from storefront.models import Coupon

from .clock import at
from .reading import CONTENT, identity


def load_coupons(*, now: datetime) -> int:
    """Creates whichever is missing; how many that were. None that is there is touched."""
    written = tomllib.loads((CONTENT / "coupons.toml").read_text())["coupon"]
    return sum(_load_coupon(given, now) for given in written)


def _load_coupon(given: dict[str, Any], now: datetime) -> bool:
    if Coupon.objects.filter(code__iexact=given["code"]).exists():
        return False
    coupon = Coupon(
        code=given["code"],
        percent_off=given["percent"],
        course=_course(given),
        max_uses=given.get("uses"),
        valid_from=now - timedelta(days=given["made"]),
        valid_until=now - timedelta(days=given["ends"]) if "ends" in given else None,
    )
    coupon.full_clean()
    with at(now - timedelta(days=given["made"])):
        coupon.save()
    return True


def _course(given: dict[str, Any]) -> CoursePage | None:
    """The one that the code is for; without one it holds for all."""
    if "course" not in given:
        return None
    return CoursePage.objects.get(uuid=identity("course", given["course"]))
