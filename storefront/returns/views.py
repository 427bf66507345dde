"""The page on which a buyer gives a course back, or asks to."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from courses.limits.trying import limit
from courses.people import signed_in
from courses.wording.money import format_money
from learners.models import Certificate
from storefront.checkout.returnable import Returning, returning
from storefront.errors import OrderError, PaymentsUnavailable
from storefront.models import Order, OrderStatus, RefundStatus, ReturnRequest, ReturnStatus
from storefront.seller.current import rule_as_set

from .forms import AskForReturnForm, ReturnAtOnceForm, ReturnForm
from .requests import request_return

RETURNABLE = (OrderStatus.PAID, OrderStatus.REFUNDED)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def return_course(request: HttpRequest, order_id: UUID) -> HttpResponse:
    """What would come back and what closes; POST does it. Somebody else's order answers 404."""
    person = signed_in(request)
    orders = Order.objects.filter(status__in=RETURNABLE)
    order = get_object_or_404(orders, pk=order_id, buyer=person)
    found = returning([order], rule=rule_as_set())[order.pk]
    if request.method != "POST":
        return _show(request, order, found, _form(found))
    limit(action="return", who=person.pk, rate="10/hour")
    form = ReturnForm(request.POST)
    if not form.is_valid():
        return _show(request, order, found, _form(found, request.POST), status=422)
    try:
        asked = request_return(order=order, by=person, **form.cleaned_data)
    except PaymentsUnavailable:
        messages.warning(
            request,
            _(
                "Your return is noted. Stripe does not answer right now, so the money follows "
                "within minutes; a mail tells you when it has left."
            ),
        )
    except OrderError as refusal:
        found = returning([order], rule=rule_as_set())[order.pk]
        if refusal.code == "return_words_missing":  # said beside the field
            return _show(request, order, found, _form(found, request.POST), status=422)
        form = _form(found, words=form.cleaned_data["words"])
        return _show(request, order, found, form, refusal=str(refusal), status=409)
    else:
        words = form.cleaned_data["words"]
        if words and asked.words != words and asked.status == ReturnStatus.WAITING:
            return _asked_before(request, order, words)
        _say(request, asked)
    return redirect("storefront:receipt", order_id=order.pk)


def _asked_before(request: HttpRequest, order: Order, words: str) -> HttpResponse:
    """The first request stands; what was said with another is given back."""
    found = returning([order], rule=rule_as_set())[order.pk]
    refusal = _("Your request is here already, and waits for an answer.")
    form = _form(found, words=words)
    return _show(request, order, found, form, refusal=refusal, status=409)


def _form(found: Returning, data: Any = None, *, words: str = "") -> ReturnForm:
    kind = ReturnAtOnceForm if found.answer.at_once else AskForReturnForm
    return kind(data, initial={"words": words, "agreed": found.answer.outcome})


def _show(
    request: HttpRequest,
    order: Order,
    found: Returning,
    form: ReturnForm,
    *,
    refusal: str = "",
    status: int = 200,
) -> HttpResponse:
    line = order.lines.select_related("course").get()
    certified = Certificate.objects.filter(
        enrollment__user=order.buyer_id, enrollment__course=line.course
    )
    context = {
        "order": order,
        "line": line,
        "returning": found,
        "certified": certified.exists(),
        "form": form,
        "refusal": refusal,
    }
    return render(request, "storefront/returns/return.html", context, status=status)


def _say(request: HttpRequest, asked: ReturnRequest) -> None:
    """What came of it, in the place where messages stand."""
    if asked.status == ReturnStatus.WAITING:
        messages.success(
            request, _("Your request is here. A person reads it, and the answer comes by mail.")
        )
        return
    refund = asked.refund
    assert refund  # return_granted_by_refund
    order = Order.objects.get(pk=asked.order_id)
    amount = {"amount": format_money(refund.amount, refund.currency)}
    if order.status == OrderStatus.REFUNDED:
        told = _("%(amount)s is on its way back to the card that paid. The course is closed.")
        messages.success(request, told % amount)
    elif refund.status == RefundStatus.FAILED:
        told = _("Stripe did not give the money back, so nothing has changed. You can try again.")
        messages.error(request, told)
    else:
        told = _("Stripe is sending %(amount)s back. The course closes once it has left.")
        messages.success(request, told % amount)
