"""An order of Cleo's for 24.00, paid and hardly studied, and how it stands."""

import pytest

from learners.models import Enrollment
from storefront.models import Order, ReturnRequest
from tests.storefront.shop import a_course_on_sale, a_paid_order, everything


@pytest.fixture
def order(stripesim, ada, cleo) -> Order:
    return a_paid_order(stripesim, buyer=cleo, course=a_course_on_sale(by=ada, price="24.00"))


@pytest.fixture
def studied(order):
    """``studied(60)``: so much of the course was ever studied."""

    def study(percent: int) -> None:
        Enrollment.objects.update(studied_percent=percent)

    return study


@pytest.fixture
def books():
    """``books()``: all that a return may write, to compare before and after."""

    def written() -> dict:
        requests = ReturnRequest.objects.values_list(
            "pk", "order", "status", "words", "answer", "decided_by", "refund"
        )
        return everything() | {"returns": sorted(requests, key=str)}

    return written
