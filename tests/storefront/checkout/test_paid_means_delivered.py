"""Orders of before: those whose money bought nothing stop saying that they were paid."""

from importlib import import_module

import pytest
from django.apps import apps
from django.utils import timezone

from courses.models import CoursePage
from storefront.checkout.fulfilment import settle
from storefront.models import Order, Payment, PaymentStatus
from tests.storefront.shop import a_checkout, a_course_on_sale, a_paid_order

pytestmark = pytest.mark.django_db

tell_apart = import_module("storefront.migrations.0014_paid_means_delivered").tell_apart


def test_only_orders_without_a_sale_lose_their_date(stripesim, ada, cleo, dana, ivo):
    course = a_course_on_sale(by=ada)
    sold = a_paid_order(stripesim, buyer=dana, course=course)
    declined, session = a_checkout(buyer=cleo, course=course)
    stripesim.pay(session)
    CoursePage.objects.update(archived_at=timezone.now())
    settle(session_id=session)
    Order.objects.update(status="refunded", paid_at=timezone.now())
    Payment.objects.update(status=PaymentStatus.SUCCEEDED)

    tell_apart(apps, None)

    sold.refresh_from_db()
    declined.refresh_from_db()
    assert (sold.paid_at is None, declined.paid_at is None) == (False, True)
    assert sold.payments.get().status == PaymentStatus.SUCCEEDED
    assert declined.payments.get().status == PaymentStatus.OWED_BACK
