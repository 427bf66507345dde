"""Buying a course: the checkout, and the way back from the payment page."""

from decimal import Decimal, InvalidOperation
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from courses.limits.trying import limit
from courses.people import signed_in
from courses.swaps.answers import page_or_parts
from courses.wording.apart import apart
from storefront.checkout import orders
from storefront.checkout.fulfilment import settle
from storefront.checkout.offers import CourseOffered, Offer, offer_to
from storefront.errors import OrderError, PaymentMismatch, PaymentsUnavailable
from storefront.models import CatalogueEntry, Order, OrderStatus
from storefront.payments import stripe


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def checkout(request: HttpRequest, slug: str) -> HttpResponse:
    """What is bought, for how much, with which code; POST goes on to the payment page.

    A visitor signs up first and comes back to this page. Whoever is signed in posts a free course
    from wherever it is offered, and is in its first lesson.
    """
    if not request.user.is_authenticated:
        return redirect_to_login(
            reverse("storefront:checkout", args=[slug]), reverse("account_signup")
        )
    offer = offer_to(request.user, slug=slug)
    if offer is None:
        raise Http404
    if offer.refusal:
        if request.method == "POST" and _is_there_already(offer.course, offer.refusal):
            return redirect("learners:resume", offer.course.uuid)
        messages.info(request, str(offer.refusal))
        return redirect("storefront:course", slug=slug)
    if request.method == "POST" and request.POST.get("action") == "pay":
        return _pay(request, offer)
    code = request.POST.get("code", request.GET.get("code", "")).strip()
    if code:
        limit(action="coupon", who=request.user.pk)
    return _show(request, offer, code=code)


def _show(
    request: HttpRequest,
    offer: Offer,
    *,
    code: str = "",
    refusal: str = "",
    status: int = 200,
) -> HttpResponse:
    course = offer.course
    code, coupon_error = code.strip()[:40], ""
    try:
        found = orders.quote(course=course, code=code)
    except OrderError as error:
        found = orders.listed_price(course)  # asks nothing that could refuse once more
        coupon_error = str(error) if code else ""
    context = {
        "course": course,
        "entry": offer.entry,
        "quote": found,
        "code": code,
        "coupon_error": coupon_error,
        "refusal": refusal,
    }
    return page_or_parts(
        request,
        page="storefront/checkout/checkout.html",
        parts="storefront/checkout/checkout_parts.html",
        context=context,
        status=status,
    )


def _pay(request: HttpRequest, offer: Offer) -> HttpResponse:
    course = offer.course
    limit(action="checkout", who=request.user.pk)
    code = request.POST.get("code", "")
    try:
        started = orders.start_checkout(
            buyer=signed_in(request),
            course=course,
            code=code,
            shown=_amount(request.POST.get("shown")),
        )
    except PaymentsUnavailable as refusal:
        return _show(request, offer, code=code, refusal=str(refusal), status=503)
    except OrderError as refusal:
        if _is_there_already(course, refusal):
            return redirect("learners:resume", course.uuid)
        return _show(request, offer, code=code, refusal=str(refusal), status=409)
    if started.url:
        return HttpResponseRedirect(started.url)
    if not started.order.subtotal:
        told = _("%(title)s is yours, for as long as you like.")
        messages.success(request, told % {"title": apart(course.title)})
        return redirect("learners:resume", course.uuid)
    return redirect("storefront:return", order_id=started.order.pk)


def _is_there_already(course: CourseOffered, refusal: OrderError) -> bool:
    """Whether a free course was asked for once more, as by a second press of its button."""
    return course.is_free and refusal.code == "already_owned"


def _amount(text: str | None) -> Decimal | None:
    """What the buyer saw; what is no amount agrees with no price."""
    if not text:
        return None
    try:
        amount = Decimal(text)
    except InvalidOperation:
        return Decimal(-1)
    return amount if amount.is_finite() else Decimal(-1)


@never_cache
@login_required
@require_GET
def back(request: HttpRequest, order_id: UUID) -> HttpResponse:
    """The buyer returns from the payment page; delivers at once, whether or not Stripe's
    message has come. The address tells only which order: what was paid is asked at Stripe."""
    order = _own_order(request, order_id)
    state, url = order.status, None
    if order.status in (OrderStatus.PENDING, OrderStatus.EXPIRED):
        order, state, url = _ask(order)
    response = render(
        request, "storefront/checkout/return.html", _about(order, state=state, url=url)
    )
    if state == "confirming":
        response["Refresh"] = "5"  # looks again by itself, with no script
    return response


def _ask(order: Order) -> tuple[Order, str, str | None]:
    """(order, state for the page, address of the payment page if it is still open)."""
    payment = order.payments.exclude(session_id=None).first()
    if not payment or not payment.session_id:
        return order, order.status, None
    try:
        order = settle(session_id=payment.session_id)
        if order.status != OrderStatus.PENDING:
            return order, order.status, None
        session = stripe.read_session(payment.session_id)
    except PaymentsUnavailable:
        return order, "confirming", None
    except PaymentMismatch:
        return order, "mismatch", None
    except OrderError:  # Stripe refuses to say, or knows the page no more; the log has why
        return order, "unclear", None
    return order, ("open" if session.status == "open" else "confirming"), session.url


@never_cache
@login_required
@require_GET
def cancelled(request: HttpRequest, order_id: UUID) -> HttpResponse:
    """The buyer left the payment page, perhaps after a card was declined. Nothing is closed."""
    order = _own_order(request, order_id)
    if order.status in (OrderStatus.PAID, OrderStatus.REFUNDED):
        return redirect("storefront:return", order_id=order.pk)
    url, problem = None, ""
    payment = order.payments.exclude(session_id=None).first()
    if payment and payment.session_id and order.status == OrderStatus.PENDING:
        try:
            session = stripe.read_session(payment.session_id)
        except OrderError:
            url = payment.checkout_url
        else:
            if session.paid:
                return redirect("storefront:return", order_id=order.pk)
            url, problem = session.url, session.problem
    context = _about(order, state="cancelled", url=url) | {"problem": problem}
    return render(request, "storefront/checkout/cancelled.html", context)


def _own_order(request: HttpRequest, order_id: UUID) -> Order:
    """404 for an order of somebody else, as for one that does not exist."""
    return get_object_or_404(
        Order.objects.select_related("buyer", "coupon"), pk=order_id, buyer=request.user
    )


def _about(order: Order, *, state: str, url: str | None) -> dict[str, Any]:
    line = order.lines.select_related("course").get()
    entry = CatalogueEntry.objects.filter(course=line.course).select_related("category").first()
    payment = order.payments.first()
    return {
        "order": order,
        "line": line,
        "entry": entry,
        "refund": payment.refunds.first() if payment else None,
        "state": state,
        "url": url,
    }
