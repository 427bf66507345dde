"""What happens when somebody has paid."""

from decimal import Decimal

import pytest

from courses.models import CoursePage, OutboxMail
from learners.models import Enrollment
from storefront.checkout.fulfilment import fulfil, settle
from storefront.checkout.orders import _payment_page
from storefront.errors import OrderError, PaymentMismatch
from storefront.models import Order, OrderLine, OrderStatus, PaymentStatus, Refund
from storefront.payments import stripe
from tests.storefront.shop import a_checkout, a_course_on_sale, a_paid_order, balances, everything

pytestmark = pytest.mark.django_db


def test_a_paid_order_opens_the_course_and_books_every_cent(stripesim, ada, cleo):
    course = a_course_on_sale(by=ada, price="24.00")
    order, session = a_checkout(buyer=cleo, course=course)
    stripesim.pay(session)

    settle(session_id=session)

    order.refresh_from_db()
    assert order.status == OrderStatus.PAID
    assert Enrollment.objects.get(user=cleo, course=course).status == "active"
    assert order.payments.get().status == PaymentStatus.SUCCEEDED
    assert balances() == {
        "cash": Decimal("24.00"),
        "producer": Decimal("-20.40"),
        "revenue": Decimal("-3.60"),
    }
    mail = OutboxMail.objects.get(key=f"receipt:{order.pk}")
    assert (mail.to, mail.subject) == ("cleo@example.com", "Sewing by hand is yours")
    assert "€24.00" in mail.text


def test_settling_twice_changes_nothing(stripesim, ada, cleo):
    order = a_paid_order(stripesim, buyer=cleo, course=a_course_on_sale(by=ada))
    before = everything()

    settle(session_id=order.payments.get().session_id)

    assert everything() == before


def test_an_open_session_delivers_nothing(stripesim, ada, cleo):
    _, session = a_checkout(buyer=cleo, course=a_course_on_sale(by=ada))
    before = everything()

    settle(session_id=session)

    assert everything() == before
    assert not Enrollment.objects.exists()


def test_a_declined_card_delivers_nothing(stripesim, ada, cleo):
    _, session = a_checkout(buyer=cleo, course=a_course_on_sale(by=ada))
    before = everything()
    stripesim.pay(session, card="4000000000000002")

    settle(session_id=session)

    assert everything() == before


@pytest.mark.parametrize(
    "changed", [{"total": Decimal("23.99")}, {"currency": "USD"}], ids=["amount", "currency"]
)
def test_a_payment_of_another_amount_or_currency_is_refused(stripesim, ada, cleo, changed):
    order, session = a_checkout(buyer=cleo, course=a_course_on_sale(by=ada))
    Order.objects.filter(pk=order.pk).update(**changed)
    stripesim.pay(session)
    before = everything()

    for _time in range(2):
        with pytest.raises(PaymentMismatch) as refusal:
            settle(session_id=session)

    assert refusal.value.code == "payment_mismatch"
    told = OutboxMail.objects.get(key=f"mismatch:{order.payments.get().pk}")
    assert told.to == "hello@perfomix.example"
    assert order.number in told.subject
    told.delete()
    assert everything() == before


def test_a_session_of_somebody_elses_making_is_refused(stripesim, ada, cleo):
    foreign = stripe.client().v1.checkout.sessions.create(
        {
            "mode": "payment",
            "success_url": "https://example.com/",
            "line_items": [
                {
                    "quantity": 1,
                    "price_data": {
                        "currency": "eur",
                        "unit_amount": 2400,
                        "product_data": {"name": "Something else"},
                    },
                }
            ],
        }
    )
    stripesim.pay(foreign.id)
    before = everything()

    with pytest.raises(OrderError) as refusal:
        settle(session_id=foreign.id)

    assert refusal.value.code == "session_unknown"
    assert everything() == before


def test_the_second_of_two_payments_for_one_course_goes_back(stripesim, ada, cleo, commit):
    """Paid twice by two sessions."""
    course = a_course_on_sale(by=ada)
    first, first_session = a_checkout(buyer=cleo, course=course)
    CoursePage.objects.filter(pk=course.pk).update(price=Decimal("24.00"))
    # A second open page, as two servers with a lost message between them could leave it.
    second = Order.objects.get(pk=first.pk)
    second.pk, second.number = None, "2026-99999"
    second.save(force_insert=True)
    line = OrderLine.objects.get(order=first)
    line.pk, line.order = None, second
    line.save(force_insert=True)
    payment = second.payments.create(amount=24, currency="EUR", idempotency_key="second")

    _payment_page(second)
    payment.refresh_from_db()
    stripesim.pay(first_session)
    stripesim.pay(payment.session_id)

    with commit():
        settle(session_id=first_session)
        settle(session_id=payment.session_id)

    second.refresh_from_db()
    assert Enrollment.objects.get(user=cleo).status == "active"
    assert second.status == OrderStatus.REFUNDED
    refund = Refund.objects.get()
    assert (refund.payment, refund.amount, refund.status) == (
        payment,
        Decimal("24.00"),
        "succeeded",
    )
    assert balances(order=second) == {}
    assert balances()["cash"] == Decimal("24.00")
    assert OutboxMail.objects.filter(key=f"refund:{refund.pk}").count() == 1


def test_a_course_archived_between_paying_and_delivery_is_refunded(stripesim, ada, cleo, commit):
    """Paid but cannot be delivered."""
    course = a_course_on_sale(by=ada)
    order, session = a_checkout(buyer=cleo, course=course)
    stripesim.pay(session)
    CoursePage.objects.filter(pk=course.pk).update(archived_at=order.created_at)

    with commit():
        settle(session_id=session)

    order.refresh_from_db()
    assert order.status == OrderStatus.REFUNDED
    assert not Enrollment.objects.exists()
    assert Refund.objects.get().status == "succeeded"
    assert balances() == {}
    mail = OutboxMail.objects.get()
    assert "no longer sold" in mail.text


def test_an_order_with_a_price_is_never_delivered_without_a_payment(stripesim, ada, cleo):
    order, _ = a_checkout(buyer=cleo, course=a_course_on_sale(by=ada))
    before = everything()

    with pytest.raises(PaymentMismatch) as refusal:
        fulfil(order=order)

    assert refusal.value.code == "order_not_free"
    assert everything() == before
