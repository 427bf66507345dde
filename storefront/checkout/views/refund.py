"""The one thing an admin may do to an order: give its money back."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods
from wagtail.log_actions import log

from courses.people import signed_in
from storefront.checkout import refunds
from storefront.errors import OrderError, PaymentsUnavailable
from storefront.models import Order, OrderStatus, Refund, RefundStatus


class RefundForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason"),
        max_length=255,
        required=False,
        help_text=_("For your own records. The buyer does not see it."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


@permission_required("storefront.add_refund", raise_exception=True)
@require_http_methods(["GET", "HEAD", "POST"])
def refund(request: HttpRequest, order_id: UUID) -> HttpResponse:
    """Asks once, then refunds in full; the course is closed to its buyer at once."""
    order = get_object_or_404(Order.objects.select_related("buyer"), pk=order_id)
    if order.status not in (OrderStatus.PAID, OrderStatus.REFUNDED) or not order.total:
        raise Http404
    form, status = RefundForm(request.POST if request.method == "POST" else None), 200
    if request.method == "POST" and form.is_valid():
        if _refund(request, order, form.cleaned_data["reason"]):
            return redirect("storefront_order_modeladmin_inspect", instance_pk=order.pk)
        status = 409
    context = {
        "order": order,
        "line": order.lines.first(),
        "payment": order.payments.exclude(payment_intent=None).first(),
        "form": form,
        "back": reverse("storefront_order_modeladmin_index"),
    }
    return render(request, "storefront/checkout/refund.html", context, status=status)


def _refund(request: HttpRequest, order: Order, reason: str) -> bool:
    """Whether the money goes back, or a person has to look at it; False for a refusal."""
    try:
        done = refunds.refund_order(order=order, by=signed_in(request), reason=reason)
    except PaymentsUnavailable:
        messages.warning(
            request,
            gettext("Stripe does not answer. The refund is noted and carried out once it does."),
        )
    except OrderError as refusal:
        messages.error(request, str(refusal))
        return False
    else:
        if done.status == RefundStatus.FAILED:
            messages.error(request, gettext("Stripe refused the refund. See the payment there."))
            return True
        messages.success(request, _what_came_of_it(done) % {"number": order.number})
    log(instance=order, action="storefront.refund", user=request.user, data={"reason": reason})
    return True


def _what_came_of_it(done: Refund) -> str:
    order = Order.objects.get(payments=done.payment_id)
    if order.status == OrderStatus.REFUNDED:
        return gettext("Order %(number)s is refunded. The buyer has been told.")
    return gettext(
        "Stripe is sending the money of order %(number)s back. The course closes once it has left."
    )
