"""A payment that Stripe is about to tell the shop of."""

import pytest

from tests.storefront.shop import a_checkout, a_course_on_sale


@pytest.fixture
def paid(stripesim, ada, cleo):
    """(order, session) of a checkout paid at Stripe, of which the shop has not heard."""
    order, session = a_checkout(buyer=cleo, course=a_course_on_sale(by=ada))
    stripesim.pay(session)
    return order, session
