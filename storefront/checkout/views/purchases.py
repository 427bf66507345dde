"""What somebody has bought, and a receipt for each."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from courses.people import Person, signed_in
from storefront.checkout.returnable import returning
from storefront.models import Order, OrderLine, OrderStatus, Refund, RefundStatus
from storefront.seller.current import seller_now

SHOWN = (OrderStatus.PAID, OrderStatus.REFUNDED)


def _orders_of(user: Person) -> QuerySet[Order]:
    """Paid orders of a person with all that a list or a receipt shows of them."""
    returned = Refund.objects.filter(status=RefundStatus.SUCCEEDED).order_by("completed_at", "pk")
    return (
        Order.objects.filter(buyer=user, status__in=SHOWN)
        .select_related("coupon", "buyer")
        .prefetch_related(
            Prefetch("lines", queryset=OrderLine.objects.select_related("course")),
            "payments",
            Prefetch("payments__refunds", queryset=returned),
        )
    )


@never_cache
@login_required
@require_GET
def purchases(request: HttpRequest) -> HttpResponse:
    orders = list(_orders_of(signed_in(request)).order_by("-paid_at", "-number"))
    answers = returning(orders, rule=seller_now().return_rule)
    context = {
        "orders": [(order, answers[order.pk]) for order in orders],
        "section": "purchases",
    }
    return render(request, "storefront/checkout/purchases.html", context)


@never_cache
@login_required
@require_GET
def receipt(request: HttpRequest, order_id: UUID) -> HttpResponse:
    """A receipt to read or print; somebody else's answers 404."""
    order = get_object_or_404(_orders_of(signed_in(request)), pk=order_id)
    refunds = [refund for payment in order.payments.all() for refund in payment.refunds.all()]
    context = {
        "order": order,
        "returning": returning([order], rule=seller_now().return_rule)[order.pk],
        "refunds": refunds,
        "returned": sum(refund.amount for refund in refunds),
    }
    return render(request, "storefront/checkout/receipt.html", context)
