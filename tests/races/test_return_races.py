"""Returns that two press, or decide, at once: money goes back once, and one answer stands.

Every race ships with its control: the same race without the locks, which must do the damage.
"""

from types import SimpleNamespace

import pytest
from django.db import IntegrityError

from learners.models import Enrollment
from storefront.checkout import refunds
from storefront.errors import OrderError
from storefront.models import Order, Refund, ReturnRequest
from storefront.returns import requests
from storefront.returns.requests import decide_request, request_return
from tests.storefront.shop import a_paid_order, balances

from .books import mails
from .together import Meeting, together

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def order(stripesim, course, cleo):
    return a_paid_order(stripesim, buyer=cleo, course=course)


@pytest.fixture
def waiting(order, cleo):
    Enrollment.objects.update(studied_percent=60)
    return request_return(order=order, by=cleo, words="Too fast for me.")


@pytest.fixture
def meet_at_the_promise(monkeypatch):
    monkeypatch.setattr(refunds, "promise", Meeting().before(refunds.promise))


@pytest.fixture
def meet_before_any_refund_is_written(monkeypatch):
    create = Refund.objects.create
    monkeypatch.setattr(Refund.objects, "create", Meeting().before(create))


def assert_the_money_went_back_once(stripesim):
    assert Order.objects.get().status == "refunded"
    assert Refund.objects.get().status == "succeeded"
    assert len(stripesim.events("refund.created")) == 1
    assert balances() == {}
    assert mails("refund") == 1


# The buyer, in two tabs


def test_a_return_pressed_twice_at_once_gives_back_once(
    stripesim, order, cleo, meet_at_the_promise
):
    first, second = together(*[lambda: request_return(order=order, by=cleo)] * 2)

    assert first == second == ReturnRequest.objects.get()
    assert_the_money_went_back_once(stripesim)


def test_control_a_return_pressed_twice_at_once_is_promised_twice_without_locks(
    order, cleo, meet_before_any_refund_is_written, without_locks
):
    together(*[lambda: request_return(order=order, by=cleo)] * 2)

    assert Refund.objects.count() == 2


def asked_twice(order, cleo, monkeypatch) -> list:
    Enrollment.objects.update(studied_percent=60)
    monkeypatch.setattr(requests, "_repeated", Meeting().after(requests._repeated))
    return together(*[lambda: request_return(order=order, by=cleo, words="Too fast.")] * 2)


def test_a_request_sent_twice_at_once_is_one_request(order, cleo, monkeypatch):
    first, second = asked_twice(order, cleo, monkeypatch)

    assert first == second == ReturnRequest.objects.get()
    assert mails("return") == 1


def test_control_a_request_sent_twice_at_once_dies_at_the_key_without_locks(
    order, cleo, monkeypatch, without_locks
):
    """The unique key is the last alarm that is left, and it is a fault to whoever meets it."""
    answers = asked_twice(order, cleo, monkeypatch)

    assert [type(answer) for answer in answers].count(IntegrityError) == 1


# The buyer and an admin


def the_buyer_returns_as_an_admin_refunds(order, cleo, ivo) -> list:
    return together(
        lambda: request_return(order=order, by=cleo),
        lambda: refunds.refund_order(order=order, by=ivo),
    )


def test_a_buyer_and_an_admin_at_once_give_back_once(
    stripesim, order, cleo, ivo, meet_at_the_promise
):
    the_buyer_returns_as_an_admin_refunds(order, cleo, ivo)

    assert_the_money_went_back_once(stripesim)


def test_control_a_buyer_and_an_admin_at_once_promise_twice_without_locks(
    order, cleo, ivo, meet_before_any_refund_is_written, without_locks
):
    the_buyer_returns_as_an_admin_refunds(order, cleo, ivo)

    assert Refund.objects.count() == 2


def granted_as_another_admin_refunds(waiting, ivo) -> list:
    return together(
        lambda: decide_request(request=waiting, by=ivo, grant=True),
        lambda: refunds.refund_order(order=waiting.order, by=ivo),
    )


def test_a_grant_and_a_refund_by_hand_at_once_give_back_once(
    stripesim, waiting, ivo, meet_at_the_promise
):
    granted_as_another_admin_refunds(waiting, ivo)

    assert_the_money_went_back_once(stripesim)
    waiting.refresh_from_db()
    assert (waiting.status, waiting.refund) == ("granted", Refund.objects.get())


def test_control_a_grant_and_a_refund_by_hand_promise_twice_without_locks(
    waiting, ivo, meet_before_any_refund_is_written, without_locks
):
    granted_as_another_admin_refunds(waiting, ivo)

    assert Refund.objects.count() == 2


# Two admins of two minds


def granted_and_declined(waiting, ivo, monkeypatch) -> list:
    # At the move all looks are past: earlier, a grant that is done finds its way into a refusal.
    move = Meeting().before(requests.RETURN_MOVES.move)
    monkeypatch.setattr(requests, "RETURN_MOVES", SimpleNamespace(move=move))
    return together(
        lambda: decide_request(request=waiting, by=ivo, grant=True),
        lambda: decide_request(request=waiting, by=ivo, grant=False, answer="No."),
    )


def test_of_a_grant_and_a_refusal_at_once_one_stands(stripesim, waiting, ivo, monkeypatch):
    answers = granted_and_declined(waiting, ivo, monkeypatch)

    (lost,) = [answer for answer in answers if isinstance(answer, OrderError)]
    assert lost.code == "return_already_decided"
    waiting.refresh_from_db()
    if waiting.status == "granted":
        assert_the_money_went_back_once(stripesim)
        assert mails("return") == 1  # that it was asked for, and nothing of a refusal
    else:
        assert (waiting.status, Order.objects.get().status) == ("declined", "paid")
        assert Refund.objects.count() == 0
        assert mails("return") == 2


def test_control_a_grant_and_a_refusal_at_once_both_get_through_without_locks(
    stripesim, waiting, ivo, monkeypatch, without_locks
):
    """The money goes back and the buyer is told that it does not.

    Or, where the grant is written first, the refusal dies at the last alarm that is left, a rule
    of the table.
    """
    answers = [type(answer) for answer in granted_and_declined(waiting, ivo, monkeypatch)]

    assert OrderError not in answers
    assert Refund.objects.count() == 1
    assert mails("return") == (1 if IntegrityError in answers else 2)
