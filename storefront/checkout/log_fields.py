"""What the log says of an order: numbers and ids, nobody's name or address."""

from storefront.models import Order


def order_fields(order: Order) -> dict[str, str]:
    """Fields for ``extra``: the order's number, its buyer's id, its total with the currency."""
    return {
        "order": order.number,
        "person": str(order.buyer_id),
        "total": str(order.total),
        "currency": order.currency,
    }
