"""From "Buy" to the payment page, and what becomes of those who never pay."""

from datetime import timedelta
from decimal import Decimal

import pytest
import time_machine
from django.utils import timezone

from courses.models import CoursePage, CourseRelease
from learners.enrollment.enrollments import revoke
from learners.models import Enrollment
from storefront.checkout import orders, tasks
from storefront.checkout.fulfilment import settle
from storefront.errors import OrderError, PaymentsUnavailable
from storefront.models import Coupon, Order, OrderStatus, Payment, PaymentStatus
from storefront.payments import stripe
from tests.storefront.shop import a_checkout, a_coupon, a_course_on_sale, a_paid_order, everything

pytestmark = pytest.mark.django_db


@pytest.fixture
def course(ada):
    return a_course_on_sale(by=ada, price="24.00")


def test_an_order_freezes_what_was_agreed(stripesim, course, ada, cleo):
    order, _ = a_checkout(buyer=cleo, course=course)
    CoursePage.objects.filter(pk=course.pk).update(price=Decimal("99.00"), title="Another title")

    order.refresh_from_db()
    line = order.lines.get()
    assert (order.subtotal, order.total, order.currency) == (
        Decimal("24.00"),
        Decimal("24.00"),
        "EUR",
    )
    assert (line.title, line.share, line.producer) == ("Sewing by hand", Decimal("20.40"), ada)


def test_orders_are_numbered_by_the_year(stripesim, course, cleo):
    order, _ = a_checkout(buyer=cleo, course=course)

    assert order.number.startswith(f"{timezone.now():%Y}-")


def test_the_same_checkout_twice_is_one_order_and_one_payment_page(stripesim, course, cleo):
    first = orders.start_checkout(buyer=cleo, course=course)
    again = orders.start_checkout(buyer=cleo, course=course)

    assert again.order == first.order
    assert again.url == first.url
    assert len(stripe.client().v1.checkout.sessions.list().data) == 1


def test_another_code_closes_the_first_payment_page(stripesim, course, cleo):
    first, session = a_checkout(buyer=cleo, course=course)
    a_coupon("FIELDBOOK", 25)

    second = orders.start_checkout(buyer=cleo, course=course, code="fieldbook").order

    first.refresh_from_db()
    assert (first.status, second.total) == (OrderStatus.EXPIRED, Decimal("18.00"))
    assert stripe.read_session(session).status == "expired"
    assert Coupon.objects.get().used == 1


def test_a_new_price_closes_the_first_payment_page(stripesim, course, cleo):
    _first, session = a_checkout(buyer=cleo, course=course)
    CoursePage.objects.filter(pk=course.pk).update(price=Decimal("30.00"))

    second = orders.start_checkout(buyer=cleo, course=course, shown=Decimal("30.00")).order

    assert second.total == Decimal("30.00")
    assert stripe.read_session(session).status == "expired"


def test_a_payment_in_the_first_tab_is_found_when_the_second_begins_anew(stripesim, course, cleo):
    first, session = a_checkout(buyer=cleo, course=course)
    stripesim.pay(session)
    a_coupon("FIELDBOOK", 25)

    found = orders.start_checkout(buyer=cleo, course=course, code="FIELDBOOK")

    assert (found.order, found.url) == (first, None)
    assert Enrollment.objects.get().user == cleo
    assert Order.objects.exclude(pk=first.pk).get().status == OrderStatus.EXPIRED
    assert Coupon.objects.get().used == 0


def test_pressing_buy_after_paying_delivers(stripesim, course, cleo):
    first, session = a_checkout(buyer=cleo, course=course)
    stripesim.pay(session)

    found = orders.start_checkout(buyer=cleo, course=course)

    assert (found.order, found.url) == (first, None)
    assert found.order.status == OrderStatus.PAID


def test_an_answer_lost_by_the_network_does_not_open_a_second_page(stripesim, course, cleo):
    """The same persisted key, however often it takes."""
    stripesim.fault("POST /v1/checkout/sessions", "drop", times=2)  # the SDK's own retry too
    with pytest.raises(PaymentsUnavailable):
        orders.start_checkout(buyer=cleo, course=course)

    again = orders.start_checkout(buyer=cleo, course=course)

    (session,) = stripe.client().v1.checkout.sessions.list().data
    assert session.url == again.url
    keys = {
        request["headers"]["idempotency-key"]
        for request in stripesim.requests()
        if request["method"] == "POST"
    }
    assert keys == {Payment.objects.get().idempotency_key}


def test_a_page_opened_by_a_lost_answer_is_still_ours_when_it_is_paid(
    client, stripesim, course, cleo
):
    stripesim.fault("POST /v1/checkout/sessions", "drop", times=2)
    with pytest.raises(PaymentsUnavailable):
        orders.start_checkout(buyer=cleo, course=course)
    (session,) = stripe.client().v1.checkout.sessions.list().data
    stripesim.pay(session.id)

    order = settle(session_id=session.id)

    assert order.status == OrderStatus.PAID
    assert Payment.objects.get().session_id == session.id


@pytest.mark.parametrize(
    ("change", "says", "code"),
    [
        ("archived", "This course is no longer sold.", "course_archived"),
        ("draft", "This course is not on sale yet.", "course_not_on_sale"),
        ("unreleased", "This course is not on sale yet.", "course_not_on_sale"),
    ],
)
def test_a_course_that_is_not_on_sale_cannot_be_bought(stripesim, course, cleo, change, says, code):
    if change == "archived":
        CoursePage.objects.filter(pk=course.pk).update(archived_at=timezone.now())
    elif change == "draft":
        CoursePage.objects.filter(pk=course.pk).update(live=False)
    else:
        CourseRelease.objects.update(status="superseded")
    before = everything()

    with pytest.raises(OrderError, match=says) as refusal:
        orders.start_checkout(buyer=cleo, course=course)

    assert refusal.value.code == code
    assert everything() == before
    assert stripesim.requests() == []


def test_an_own_course_cannot_be_bought(stripesim, course, ada):
    with pytest.raises(OrderError, match="You teach this course") as refusal:
        orders.start_checkout(buyer=ada, course=course)

    assert refusal.value.code == "own_course"
    assert not Order.objects.exists()


def test_an_owned_course_cannot_be_bought_again(stripesim, course, cleo):
    a_paid_order(stripesim, buyer=cleo, course=course)
    before = everything()

    with pytest.raises(OrderError, match=r"You already own this course\.") as refusal:
        orders.start_checkout(buyer=cleo, course=course)

    assert refusal.value.code == "already_owned"
    assert everything() == before


def test_a_refunded_course_can_be_bought_again(stripesim, course, cleo):
    a_paid_order(stripesim, buyer=cleo, course=course)
    revoke(enrollment=Enrollment.objects.get())

    a_paid_order(stripesim, buyer=cleo, course=course)

    assert Enrollment.objects.get().status == "active"


def test_a_refusal_by_stripe_gives_the_code_back(stripesim, course, cleo, settings):
    a_coupon("FIELDBOOK", 25, max_uses=1)
    settings.BASE_URL = "nowhere"  # no address that Stripe would accept

    with pytest.raises(OrderError) as refusal:
        orders.start_checkout(buyer=cleo, course=course, code="FIELDBOOK")

    assert refusal.value.code == "stripe_refused"
    assert Order.objects.get().status == OrderStatus.EXPIRED
    assert Coupon.objects.get().used == 0


# Codes


@pytest.mark.parametrize(
    ("fields", "says", "code"),
    [
        ({"active": False}, "not valid", "code_unknown"),
        ({"valid_until": timezone.now() - timedelta(days=1)}, "has ended", "code_ended"),
        ({"valid_from": timezone.now() + timedelta(days=1)}, "not valid", "code_unknown"),
        ({"max_uses": 2, "used": 2}, "used as often", "code_used_up"),
    ],
)
def test_a_code_that_does_not_hold_is_refused(stripesim, course, cleo, fields, says, code):
    a_coupon("FIELDBOOK", 25, **fields)
    before = everything()

    with pytest.raises(OrderError, match=says) as refusal:
        orders.start_checkout(buyer=cleo, course=course, code="FIELDBOOK")

    assert refusal.value.code == code
    assert everything() == before


def test_a_code_of_another_course_is_as_unknown_as_a_wrong_one(stripesim, course, ada, cleo):
    other = a_course_on_sale(by=ada, title="Another course")
    a_coupon("OTHERS", 25, course=other)

    with pytest.raises(OrderError) as foreign:
        orders.quote(course=course, code="OTHERS")
    with pytest.raises(OrderError) as wrong:
        orders.quote(course=course, code="WRONG")

    assert str(foreign.value) == str(wrong.value)
    assert foreign.value.code == wrong.value.code == "code_unknown"


def test_a_code_may_not_leave_less_than_a_card_can_pay(stripesim, course):
    a_coupon("ALMOST", 99)

    with pytest.raises(OrderError, match="cannot be charged less") as refusal:
        orders.quote(course=course, code="ALMOST")

    assert refusal.value.code == "total_too_small"


def test_a_code_of_100_percent_needs_no_stripe(stripesim, course, cleo):
    a_coupon("GIFT", 100, max_uses=1)

    started = orders.start_checkout(buyer=cleo, course=course, code="gift")

    assert started.url is None
    assert (started.order.status, started.order.total) == (OrderStatus.PAID, Decimal("0.00"))
    assert Enrollment.objects.get().user == cleo
    assert stripesim.requests() == []
    assert Coupon.objects.get().used == 1


def test_claiming_a_gift_again_does_not_burn_another_use(stripesim, course, cleo):
    a_coupon("GIFT", 100, max_uses=2)
    orders.start_checkout(buyer=cleo, course=course, code="GIFT")
    before = everything()

    with pytest.raises(OrderError, match="already own"):
        orders.start_checkout(buyer=cleo, course=course, code="GIFT")

    assert everything() == before


# Never paid


def test_an_abandoned_checkout_expires_once_and_gives_the_code_back(stripesim, course, cleo):
    a_coupon("FIELDBOOK", 25, max_uses=1)
    order, _session = a_checkout(buyer=cleo, course=course, code="FIELDBOOK")
    stripesim.advance(hours=25)

    with time_machine.travel(timezone.now() + timedelta(hours=25), tick=False):
        tasks.expire_orders()
        once = everything()
        tasks.expire_orders()

    order.refresh_from_db()
    assert order.status == OrderStatus.EXPIRED
    assert order.payments.get().status == PaymentStatus.EXPIRED
    assert Coupon.objects.get().used == 0
    assert everything() == once


def test_the_sweeper_delivers_what_was_paid_without_anybody_telling(stripesim, course, cleo):
    order, session = a_checkout(buyer=cleo, course=course)
    stripesim.pay(session)

    with time_machine.travel(timezone.now() + timedelta(hours=25), tick=False):
        tasks.expire_orders()

    order.refresh_from_db()
    assert order.status == OrderStatus.PAID


def test_a_fresh_checkout_is_left_alone(stripesim, course, cleo):
    order, _ = a_checkout(buyer=cleo, course=course)

    tasks.expire_orders()

    order.refresh_from_db()
    assert order.status == OrderStatus.PENDING


def test_one_order_that_cannot_be_closed_does_not_keep_the_others_open(
    stripesim, course, cleo, dana
):
    first, _ = a_checkout(buyer=cleo, course=course)
    second, _ = a_checkout(buyer=dana, course=course)
    Order.objects.update(expires_at=timezone.now() - timedelta(minutes=1))
    Order.objects.filter(pk=first.pk).update(expires_at=timezone.now() - timedelta(minutes=2))
    stripesim.fault("GET /v1/checkout/sessions/*", "fail", times=2)

    tasks.expire_orders()

    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.status, second.status) == (OrderStatus.PENDING, OrderStatus.EXPIRED)


def test_a_code_that_lowers_more_than_before_replaces_the_open_order(stripesim, course, cleo):
    coupon = a_coupon("FIELDBOOK", 25)
    first = orders.start_checkout(buyer=cleo, course=course, code="FIELDBOOK").order
    Coupon.objects.update(percent_off=50)

    second = orders.start_checkout(
        buyer=cleo, course=course, code="FIELDBOOK", shown=Decimal("12.00")
    ).order

    first.refresh_from_db()
    coupon.refresh_from_db()
    assert (first.status, second.status) == (OrderStatus.EXPIRED, OrderStatus.PENDING)
    assert (second.total, coupon.used) == (Decimal("12.00"), 1)


def test_a_late_payment_counts_the_use_of_a_code_that_is_switched_off(stripesim, course, cleo, ada):
    coupon = a_coupon("FIELDBOOK", 25, max_uses=1)
    _order, session = a_checkout(buyer=cleo, course=course, code="FIELDBOOK")
    stripesim.pay(session)
    Order.objects.update(status=OrderStatus.EXPIRED)
    Coupon.objects.update(active=False, used=0)

    settle(session_id=session)

    coupon.refresh_from_db()
    assert (Order.objects.get().status, coupon.used) == (OrderStatus.PAID, 1)


@pytest.mark.parametrize(("status", "used"), [(OrderStatus.PENDING, 1), (OrderStatus.EXPIRED, 2)])
def test_a_payment_that_buys_nothing_gives_a_use_back_only_while_its_order_holds_one(
    stripesim, course, cleo, status, used
):
    coupon = a_coupon("FIELDBOOK", 25)
    _order, session = a_checkout(buyer=cleo, course=course, code="FIELDBOOK")
    stripesim.pay(session)
    Order.objects.update(status=status)
    Coupon.objects.update(used=2)
    CoursePage.objects.update(archived_at=timezone.now())

    settle(session_id=session)

    coupon.refresh_from_db()
    assert (Order.objects.get().status, coupon.used) == (OrderStatus.REFUNDED, used)
