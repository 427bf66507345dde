"""Who waits for whom: the one order in which money code locks rows.

Buyer first, then order, then whatever hangs on the order (payments, refunds, coupon). A
buyer's row stands for all they do with money, so two checkouts of one person never overlap;
different people never wait for each other.
"""

from uuid import UUID

from django.contrib.auth import get_user_model

from storefront.models import Order


def lock_buyer(buyer_id: UUID) -> bool:
    """Hold the buyer until the transaction ends; whether their account is open.

    Leaves others free to refer to the row.
    """
    held = get_user_model().objects.select_for_update(no_key=True).filter(pk=buyer_id)
    return True in held.values_list("is_active", flat=True)


def lock_order(order_id: UUID) -> Order:
    """The order as it is now, held with its buyer until the transaction ends."""
    buyer_id = Order.objects.values_list("buyer_id", flat=True).get(pk=order_id)
    lock_buyer(buyer_id)
    return Order.objects.locked().get(pk=order_id)
