"""Two sweepers at once, as when one round takes longer than the clock's pause between two.

Each mail leaves once, each order is closed once, each promised refund is made once. Every
race ships with its control: the same race with the guard removed, which must do the damage.
"""

import smtplib
from datetime import timedelta

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.db.models import F
from django.utils import timezone

from courses.models import OutboxMail
from courses.outbox import delivery
from learners.models import Enrollment
from storefront.checkout import orders, refunds, tasks
from storefront.errors import PaymentsUnavailable
from storefront.models import Coupon, Order, Payment, Refund
from tests.people import somebody
from tests.storefront.shop import a_checkout, a_coupon, a_paid_order, balances

from .books import mails, refunds_booked
from .together import Meeting, together

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]


# Mail


READERS = ["bruno@example.com", "cleo@example.com", "dana@example.com"]


@pytest.fixture
def left_behind():
    """Three mails whose nudge got lost an hour ago."""
    for number, reader in enumerate(READERS):
        OutboxMail.objects.create(key=f"greeting:{number}", to=reader, subject="Hello", text="…")
    an_hour_ago = timezone.now() - timedelta(hours=1)
    OutboxMail.objects.update(created_at=an_hour_ago, due_at=an_hour_ago)


def sweep_twice_at_once(monkeypatch) -> list[int]:
    """Both sweepers meet when each has a mail in hand and has not sent it."""
    monkeypatch.setattr(delivery, "_send", Meeting().before(delivery._send))
    return together(delivery.sweep, delivery.sweep)


def test_two_sweepers_at_once_send_each_mail_once(left_behind, monkeypatch):
    sent = sweep_twice_at_once(monkeypatch)

    assert sum(sent) == 3
    assert sorted(message.to[0] for message in mail.outbox) == READERS
    assert list(OutboxMail.objects.values_list("attempts", flat=True)) == [1, 1, 1]
    assert not OutboxMail.objects.filter(sent_at=None).exists()


def test_control_two_sweepers_at_once_send_a_mail_twice_without_locks(
    left_behind, monkeypatch, without_locks
):
    sent = sweep_twice_at_once(monkeypatch)

    assert sum(sent) > 3
    assert len(mail.outbox) == sum(sent)


class RefusingBackend(EmailBackend):
    def send_messages(self, messages):
        raise smtplib.SMTPServerDisconnected("Connection unexpectedly closed")


def sweep_overtaken_by_another(monkeypatch, deliver) -> None:
    """A sweeper has its list; before it comes to the first mail, another has been through all."""

    def overtaken(*args, **kwargs):
        monkeypatch.setattr(delivery, "deliver", deliver)
        delivery.sweep()
        return deliver(*args, **kwargs)

    monkeypatch.setattr(delivery, "deliver", overtaken)
    delivery.sweep()


def test_a_mail_that_one_sweeper_could_not_send_is_not_tried_by_the_other_at_once(
    left_behind, settings, monkeypatch
):
    settings.EMAIL_BACKEND = f"{__name__}.RefusingBackend"

    sweep_overtaken_by_another(monkeypatch, delivery.deliver)

    assert list(OutboxMail.objects.values_list("attempts", flat=True)) == [1, 1, 1]
    assert not OutboxMail.objects.filter(due_at__lte=timezone.now()).exists()


def test_control_a_sweeper_that_trusts_its_list_wastes_an_attempt(
    left_behind, settings, monkeypatch
):
    settings.EMAIL_BACKEND = f"{__name__}.RefusingBackend"
    deliver = delivery.deliver

    sweep_overtaken_by_another(monkeypatch, lambda pk, due_by=None: deliver(pk))

    assert list(OutboxMail.objects.values_list("attempts", flat=True)) == [2, 2, 2]


# Orders that were never paid


@pytest.fixture
def overdue(stripesim, course, cleo, monkeypatch):
    """Two orders whose time is over, each holding a use of a code that two others used.

    The sweepers meet when each has looked at an order and has not written.
    """
    a_coupon("FIELDBOOK", 25, max_uses=5)
    for buyer in (cleo, somebody(email="claimant@example.com")):
        a_checkout(buyer=buyer, course=course, code="FIELDBOOK")
    Coupon.objects.update(used=F("used") + 2)
    Order.objects.update(expires_at=timezone.now() - timedelta(minutes=1))
    monkeypatch.setattr(orders, "lock_order", Meeting().after(orders.lock_order))


def test_two_sweepers_at_once_close_each_order_once(stripesim, overdue):
    """A code's uses come back once."""
    answers = together(tasks.expire_orders, tasks.expire_orders)

    assert answers == [None, None]
    assert list(Order.objects.values_list("status", flat=True)) == ["expired", "expired"]
    assert list(Payment.objects.values_list("status", flat=True)) == ["expired", "expired"]
    assert len(stripesim.events("checkout.session.expired")) == 2
    assert Coupon.objects.get().used == 2


def test_control_two_sweepers_at_once_give_a_use_back_twice_without_locks(overdue, without_locks):
    together(tasks.expire_orders, tasks.expire_orders)

    assert Coupon.objects.get().used < 2


# Refunds that were promised


@pytest.fixture
def promised(stripesim, course, cleo, ivo, monkeypatch):
    """A refund that waits because Stripe did not answer when an admin asked for it.

    The sweepers meet when each has looked whether anything went back before.
    """
    order = a_paid_order(stripesim, buyer=cleo, course=course)
    stripesim.fault("POST /v1/refunds", "fail", times=2)
    with pytest.raises(PaymentsUnavailable):
        refunds.refund_order(order=order, by=ivo)
    Refund.objects.update(created_at=timezone.now() - timedelta(hours=1))
    monkeypatch.setattr(refunds, "given_back", Meeting().after(refunds.given_back))


def test_two_sweepers_at_once_carry_a_promised_refund_out_once(stripesim, promised):
    answers = together(tasks.finish_refunds, tasks.finish_refunds)

    assert answers == [None, None]
    assert Refund.objects.get().status == "succeeded"
    assert len(stripesim.events("refund.created")) == 1
    assert refunds_booked() == 1
    assert balances() == {}
    assert Enrollment.objects.get().status == "refunded"
    assert mails("refund") == 1


def test_control_two_sweepers_at_once_both_book_a_refund_without_locks(promised, without_locks):
    """The second finds an empty ledger and dies there: the last alarm that is left."""
    answers = together(tasks.finish_refunds, tasks.finish_refunds)

    assert [type(answer) for answer in answers].count(ValueError) == 1
