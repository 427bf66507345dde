"""The local Stripe, as Stripe's own SDK sees it."""

import pytest

from .calls import sdk


@pytest.fixture
def api(stripesim):
    """The SDK's services, without its own retries."""
    return sdk(stripesim.url).v1
