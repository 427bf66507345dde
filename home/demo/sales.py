"""Giving back: by the verbs, with only Stripe's answer made up, with an id that says so."""

import json

from django.conf import settings
from django.db import transaction

from courses.models import CoursePage
from learners.models import User
from storefront.checkout import refunds
from storefront.models import Order, Payment, PaymentStatus, ReturnRequest
from storefront.payments.facts import RefundFact
from storefront.payments.money import to_minor
from storefront.returns.requests import decide_request, request_return
from storefront.seller.returning import ReturnOutcome

ADMIN = "admin@perfomix.example"


@transaction.atomic
def return_money(*, buyer: User, course: CoursePage, reason: str) -> None:
    """An admin gives the whole price back; the course closes."""
    payment = Payment.objects.get(order__buyer=buyer, order__lines__course=course)
    admin = User.objects.get(email=ADMIN)
    refund = refunds.promise(payment=payment, reason=reason, by=admin)
    fact = RefundFact(
        id=f"re_demo_{payment.order.number}",
        amount=refund.amount,
        currency=refund.currency,
        status="succeeded",
        reference=str(refund.pk),
    )
    refunds.record(payment=payment, fact=fact)


def ask_back(*, buyer: User, course: CoursePage, words: str) -> None:
    """Somebody asks for a return that the rule does not grant at once."""
    request_return(
        order=Order.objects.get(buyer=buyer, lines__course=course),
        by=buyer,
        words=words,
        agreed=ReturnOutcome.ON_REQUEST,
    )


def decline(*, buyer: User, course: CoursePage, answer: str) -> None:
    """An admin answers that the money stays."""
    decide_request(
        request=ReturnRequest.objects.get(order__buyer=buyer, order__lines__course=course),
        by=User.objects.get(email=ADMIN),
        grant=False,
        answer=answer,
    )


def introduce_to_stripesim() -> None:
    """Write down the demo's payments where the local Stripe reads them, so that an admin can
    refund them as any other. Does nothing where payments are real."""
    if not settings.PAYMENTS_ARE_TESTS:
        return
    paid = Payment.objects.filter(status=PaymentStatus.SUCCEEDED, session_id__startswith="cs_demo_")
    known = [
        {
            "session": payment.session_id,
            "payment_intent": payment.payment_intent,
            "amount": to_minor(payment.amount, payment.currency),
            "currency": payment.currency.lower(),
            "order": str(payment.order_id),
            "title": payment.order.lines.all()[0].title,
            "email": payment.order.buyer.email,
        }
        for payment in paid.select_related("order__buyer").prefetch_related("order__lines")
    ]
    settings.DATA_DIR.mkdir(parents=True, exist_ok=True)
    (settings.DATA_DIR / "demo-payments.json").write_text(json.dumps(known), encoding="utf-8")
