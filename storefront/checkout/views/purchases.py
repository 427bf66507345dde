"""What somebody has bought, and a receipt for each."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.db.models import Prefetch, QuerySet
from django.db.models.functions import Coalesce
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
    """Paid orders of a person with all that a list shows of them."""
    lines = OrderLine.objects.select_related("course")
    return (
        Order.objects.filter(buyer=user, status__in=SHOWN)
        .with_sums()
        .prefetch_related(Prefetch("lines", queryset=lines))
    )


@never_cache
@login_required
@require_GET
def purchases(request: HttpRequest) -> HttpResponse:
    newest = Coalesce("paid_at", "created_at").desc()  # as ``Order.dated``
    orders = list(_orders_of(signed_in(request)).order_by(newest, "-number"))
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
    context = {
        "order": order,
        "returning": returning([order], rule=seller_now().return_rule)[order.pk],
        "payments": order.payments.filter(paid_at__isnull=False).order_by("paid_at", "pk"),
        "refunds": Refund.objects.filter(payment__order=order)
        .exclude(status=RefundStatus.FAILED)
        .order_by("completed_at", "pk"),
    }
    return render(request, "storefront/checkout/receipt.html", context)
