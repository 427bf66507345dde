"""Payments that are heard of twice at once: by messages, the return page, a replay.

Every race ships with its control: the same race with the guard removed, which must do the
damage that the guard prevents.
"""

import pytest
from django.test import Client

from courses.models import OutboxMail
from learners.models import Enrollment
from storefront.checkout import fulfilment, orders, webhooks
from storefront.models import Order, OrderStatus, Payment, Refund, WebhookEvent
from tests.people import logged_in
from tests.storefront.shop import a_checkout, balances, send

from .books import SALE, mails, payments_booked
from .together import Meeting, together

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]


# One payment, heard of twice


@pytest.fixture
def paid(stripesim, course, cleo, monkeypatch):
    """(order, message) of a checkout just paid; deliveries meet between look and write."""
    order, session = a_checkout(buyer=cleo, course=course)
    stripesim.pay(session)
    monkeypatch.setattr(fulfilment, "_check", Meeting().before(fulfilment._check))
    return order, stripesim.event("checkout.session.completed")


def test_two_messages_at_once_deliver_once(paid):
    _, event = paid

    answers = together(*[lambda: send(Client(), event).status_code] * 3)

    assert answers == [200, 200, 200]
    assert balances() == SALE
    assert payments_booked() == 1
    assert Order.objects.get().status == OrderStatus.PAID
    assert Enrollment.objects.count() == 1
    assert OutboxMail.objects.count() == 1
    assert WebhookEvent.objects.get().status == "handled"


def test_control_two_messages_at_once_book_twice_without_locks(paid, without_locks):
    _, event = paid

    together(*[lambda: send(Client(), event).status_code] * 2)

    assert payments_booked() == 2


def test_a_message_and_the_returning_buyer_deliver_once(paid, cleo):
    order, event = paid
    browser = logged_in(Client(), cleo)

    answers = together(
        lambda: send(Client(), event).status_code,
        lambda: browser.get(f"/checkout/{order.pk}/return/").status_code,
    )

    assert answers == [200, 200]
    assert balances() == SALE
    assert payments_booked() == 1
    assert Enrollment.objects.count() == 1
    assert OutboxMail.objects.count() == 1


def test_control_a_message_and_the_returning_buyer_book_twice_without_locks(
    paid, cleo, without_locks
):
    order, event = paid
    browser = logged_in(Client(), cleo)

    together(
        lambda: send(Client(), event).status_code,
        lambda: browser.get(f"/checkout/{order.pk}/return/").status_code,
    )

    assert payments_booked() == 2


def a_failed_message(stripesim, event) -> None:
    """Stripe sends it while Stripe's own API does not answer: it is kept to be tried again."""
    stripesim.fault("GET /v1/checkout/sessions/*", "fail", times=2)
    send(Client(), event)
    assert WebhookEvent.objects.get().status == "failed"


def replay_and_repetition(event) -> list:
    return together(
        lambda: webhooks.replay(events=WebhookEvent.objects.filter(status="failed")),
        lambda: send(Client(), event).status_code,
    )


def test_a_replay_and_stripes_own_repetition_deliver_once(stripesim, paid):
    _, event = paid
    a_failed_message(stripesim, event)

    answers = replay_and_repetition(event)

    assert answers == [(1, 0), 200]
    assert balances() == SALE
    assert payments_booked() == 1
    assert Enrollment.objects.count() == 1
    kept = WebhookEvent.objects.get()
    assert (kept.status, kept.attempts) == ("handled", 2)


def test_control_a_replay_and_stripes_own_repetition_book_twice_without_locks(
    stripesim, paid, without_locks
):
    _, event = paid
    a_failed_message(stripesim, event)

    replay_and_repetition(event)

    assert payments_booked() == 2


# Two payments for one course


@pytest.fixture
def paid_twice(stripesim, course, cleo, monkeypatch):
    """The messages about two payment pages of one buyer for one course, both paid.

    The shop opens one page only, so here a fault opens the second. The two deliveries meet
    when each has looked whether the course is owned already.
    """
    with monkeypatch.context() as fault:
        fault.setattr(orders, "_sort_out", lambda found, course, code, shown: (None, []))
        pages = [a_checkout(buyer=cleo, course=course)[1] for _ in range(2)]
    for session in pages:
        stripesim.pay(session)
    looked = Meeting().after(fulfilment._undeliverable)
    monkeypatch.setattr(fulfilment, "_undeliverable", looked)
    return stripesim.events("checkout.session.completed")


def deliver_at_once(events) -> list:
    return together(*[lambda event=event: send(Client(), event).status_code for event in events])


def test_two_payments_for_one_course_at_once_enroll_once_and_give_one_back(stripesim, paid_twice):
    """Both payments are booked; the second buys nothing and goes back at once."""
    answers = deliver_at_once(paid_twice)

    assert answers == [200, 200]
    assert sorted(Order.objects.values_list("status", flat=True)) == ["paid", "refunded"]
    assert sorted(Payment.objects.values_list("status", flat=True)) == ["refunded", "succeeded"]
    enrollment, kept = Enrollment.objects.get(), Order.objects.get(status=OrderStatus.PAID)
    assert (enrollment.status, enrollment.purchased_at) == ("active", kept.paid_at)
    refund = Refund.objects.get()
    assert (refund.status, refund.payment.order.status) == ("succeeded", "refunded")
    assert len(stripesim.events("refund.created")) == 1
    assert payments_booked() == 2
    assert balances() == SALE
    assert balances(order=kept) == SALE
    assert (mails("receipt"), mails("refund")) == (1, 1)


def test_two_payments_for_one_course_seen_by_both_returning_tabs_enroll_once(
    stripesim, paid_twice, cleo
):
    """No message has come yet; both tabs return from their payment pages."""
    tabs = [(logged_in(Client(), cleo), order.pk) for order in Order.objects.all()]

    answers = together(
        *[
            lambda browser=browser, key=key: browser.get(f"/checkout/{key}/return/").status_code
            for browser, key in tabs
        ]
    )

    assert answers == [200, 200]
    assert sorted(Order.objects.values_list("status", flat=True)) == ["paid", "refunded"]
    assert Enrollment.objects.get().status == "active"
    assert len(stripesim.events("refund.created")) == 1
    assert balances() == SALE


def test_control_two_payments_for_one_course_are_both_kept_without_locks(
    stripesim, paid_twice, without_locks
):
    deliver_at_once(paid_twice)

    assert Enrollment.objects.count() == 1
    assert list(Order.objects.values_list("status", flat=True)) == ["paid", "paid"]
    assert balances() == {account: 2 * amount for account, amount in SALE.items()}
    assert stripesim.events("refund.created") == []
