"""Codes that lower a price: found, taken, given back.

A use is taken when an order is made and given back when the order expires unpaid. Both are
one conditional UPDATE, never a read followed by a write: of two buyers with the last use
the database lets one through.
"""

import logging

from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from storefront.errors import OrderError
from storefront.models import Coupon

from .offers import Sellable

logger = logging.getLogger(__name__)

UNKNOWN = _("That code is not valid for this course.")
USED_UP = _("That code has been used as often as it may be.")


def find(*, code: str, course: Sellable) -> Coupon | None:
    """The coupon a buyer typed, or None for an empty code. Raises OrderError.

    Unknown, inactive and foreign codes get the same answer, so that codes of other courses
    cannot be told apart from wrong ones.
    """
    code = code.strip()
    if not code:
        return None
    if "\x00" in code:  # no text of PostgreSQL's
        raise OrderError(UNKNOWN, code="code_unknown")
    coupon = Coupon.objects.filter(code__iexact=code[:40]).first()
    if not coupon or not coupon.active or coupon.course_id not in (None, course.pk):
        raise OrderError(UNKNOWN, code="code_unknown")
    now = timezone.now()
    if coupon.valid_from and now < coupon.valid_from:
        raise OrderError(UNKNOWN, code="code_unknown")
    if coupon.valid_until and now >= coupon.valid_until:
        raise OrderError(_("That code has ended."), code="code_ended")
    if coupon.max_uses is not None and coupon.used >= coupon.max_uses:
        raise OrderError(USED_UP, code="code_used_up")
    return coupon


def take(coupon: Coupon, *, agreed: bool = False) -> None:
    """Use the coupon once. Raises OrderError when its last use is gone.

    ``agreed``: an order has its price already. Its use counts also while the code is switched
    off, so that the count is right should it be switched on again.
    """
    free = Q(max_uses=None) | Q(used__lt=F("max_uses"))
    coupons = Coupon.objects.filter(free, pk=coupon.pk)
    if not agreed:
        coupons = coupons.filter(active=True)
    if not coupons.update(used=F("used") + 1):
        raise OrderError(USED_UP, code="code_used_up")
    logger.info("coupon taken", extra={"event": "coupon.taken", "coupon": coupon.pk})


def give_back_a_use(coupon_id: int) -> None:
    """Return a use that an order held. Call once per order, under the order's lock."""
    if Coupon.objects.filter(pk=coupon_id, used__gt=0).update(used=F("used") - 1):
        logger.info("coupon given back", extra={"event": "coupon.given_back", "coupon": coupon_id})
