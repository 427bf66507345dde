"""The page where a return is decided, and who waits, at home."""

from datetime import datetime, tzinfo
from typing import Any

from django.contrib import messages
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from courses.editor.waiting import Thing, Waiting, first_of
from courses.people import signed_in
from courses.wording.apart import apart
from storefront.checkout.returnable import returning
from storefront.errors import OrderError, PaymentsUnavailable
from storefront.models import (
    Order,
    OrderStatus,
    Refund,
    RefundStatus,
    ReturnRequest,
    ReturnStatus,
)
from storefront.seller.current import rule_as_set
from storefront.seller.returning import ReturnRule
from storefront.seller.rule_words import rule_for_producers

from .forms import ReturnDecisionForm
from .requests import decide_request, may_decide

GRANT = "grant"
DECISIONS = {GRANT, "decline"}


def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """What an admin needs to know of a return, and the two buttons while it waits."""
    if not may_decide(signed_in(request)):
        raise PermissionDenied
    requests = ReturnRequest.objects.select_related("order", "asked_by", "decided_by", "refund")
    asked = get_object_or_404(requests, pk=pk)
    form = ReturnDecisionForm(request.POST if request.method == "POST" else None)
    unsent = ""
    if request.method == "POST" and form.is_valid():
        decision = request.POST.get("decision")
        if decision not in DECISIONS:
            raise BadRequest
        answer = form.cleaned_data["answer"]
        refusal = _decide(request, asked, grant=decision == GRANT, answer=answer)
        if refusal and refusal.code == "return_answer_missing":
            form.add_error("answer", str(refusal))
        else:
            asked = get_object_or_404(requests, pk=pk)
            if not answer or asked.answer == answer:
                return redirect("returns:index")
            unsent = answer  # decided by somebody else meanwhile, or by nobody
    about = _about(asked, form) | {"unsent": unsent}
    status = 409 if unsent else 200
    return TemplateResponse(request, "storefront/returns/decision.html", about, status=status)


def _decide(
    request: HttpRequest, asked: ReturnRequest, *, grant: bool, answer: str
) -> OrderError | None:
    """Decide, say so, and write it in the log; or the refusal."""
    try:
        done = decide_request(request=asked, by=signed_in(request), grant=grant, answer=answer)
    except PaymentsUnavailable:
        messages.warning(
            request,
            _("Stripe does not answer. The return is granted; the money follows within minutes."),
        )
    except OrderError as refusal:
        if refusal.code != "return_answer_missing":  # said beside the field
            messages.error(request, str(refusal))
        return refusal
    else:
        _say(request, done)
    action = "storefront.return_granted" if grant else "storefront.return_declined"
    log(instance=asked.order, action=action, user=request.user, data={"answer": answer})
    return None


def _say(request: HttpRequest, done: ReturnRequest) -> None:
    name = {"name": apart(done.asked_by.get_full_name())}
    if done.status == ReturnStatus.DECLINED:
        messages.success(request, _("%(name)s: declined. A mail is on its way.") % name)
        return
    order = Order.objects.get(pk=done.order_id)
    if order.status == OrderStatus.REFUNDED:
        told = _("%(name)s: granted. The money is on its way, and so is a mail.")
        messages.success(request, told % name)
    elif done.refund and done.refund.status == RefundStatus.FAILED:
        messages.error(request, _("Stripe refused the refund. See the payment there."))
    else:
        messages.success(request, _("%(name)s: granted. Stripe is sending the money.") % name)


def _days_between(first: datetime, last: datetime, clock: tzinfo) -> int:
    """Counted as the rule counts them: the first does not count."""
    return (last.astimezone(clock).date() - first.astimezone(clock).date()).days


def _about(asked: ReturnRequest, form: ReturnDecisionForm) -> dict[str, Any]:
    order = asked.order
    rule = ReturnRule(days=asked.return_days, below_percent=asked.return_below_percent)
    return {
        "asked": asked,
        "order": order,
        "line": order.lines.select_related("course").first(),
        "days": _days_between(order.paid_at or asked.created_at, asked.created_at, order.clock),
        "rule": rule_for_producers(rule),
        "now": returning([order], rule=rule_as_set())[order.pk],
        "refunds": Refund.objects.filter(payment__order=order),
        "earlier": ReturnRequest.objects.filter(asked_by=asked.asked_by)
        .exclude(pk=asked.pk)
        .select_related("order")
        .prefetch_related("order__lines")[:10],
        "form": form,
        "breadcrumbs_items": [
            {"url": reverse("wagtailadmin_home"), "label": _("Home")},
            {"url": reverse("returns:index"), "label": _("Returns")},
            {"url": "", "label": asked.asked_by.get_full_name()},
        ],
    }


def returns_that_wait() -> Waiting:
    """For whoever decides: who waits for an answer."""
    waiting = ReturnRequest.objects.filter(status=ReturnStatus.WAITING)
    rows = waiting.select_related("asked_by").prefetch_related("order__lines")
    return first_of(
        rows.order_by("created_at", "pk"),
        _thing,
        more=reverse("returns:index"),
        all_of=_("All returns to decide"),
    )


def _thing(asked: ReturnRequest) -> Thing:
    titles = [line.title for line in asked.order.lines.all()]
    return Thing(
        icon="rotate",
        lead=apart(asked.asked_by.get_full_name()),
        said=_("would like to return a course."),
        about=", ".join(titles[:1]),
        since=asked.created_at,
        label=_("Decide"),
        url=reverse("returns:decide", args=[asked.pk]),
    )
