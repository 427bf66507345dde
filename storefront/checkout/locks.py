"""Who waits for whom: the one order in which money code locks rows.

Buyer first, then order, then whatever hangs on the order (payments, refunds, coupon). A
buyer's row stands for all they do with money, so two checkouts of one person never overlap;
different people never wait for each other.
"""

from uuid import UUID

from django.contrib.auth import get_user_model

from storefront.models import Order


def lock_buyer(buyer_id: UUID) -> None:
    """Hold the buyer until the transaction ends. Leaves others free to refer to the row."""
    list(
        get_user_model()
        .objects.select_for_update(no_key=True)
        .filter(pk=buyer_id)
        .values_list("pk")
    )


def lock_order(order_id: UUID) -> Order:
    """The order as it is now, held with its buyer until the transaction ends."""
    buyer_id = Order.objects.values_list("buyer_id", flat=True).get(pk=order_id)
    lock_buyer(buyer_id)
    return Order.objects.locked().get(pk=order_id)
