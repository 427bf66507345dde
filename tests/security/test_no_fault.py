"""No request of any person is an error of ours, whatever it holds.

Short here, with a seed that stays; ``make security`` sends as many as it is told to, with a
seed that it prints.
"""

import os

import pytest

from tests.security.hostile.driving import Driver
from tests.security.hostile.world import a_world

pytestmark = pytest.mark.django_db

REQUESTS = int(os.environ.get("HOSTILE_REQUESTS", "700"))
SEED = int(os.environ.get("HOSTILE_SEED", "20261201"))


def test_no_request_of_any_person_is_an_error_of_ours():
    driver = Driver(a_world(), seed=SEED)

    faults = list(driver.drive(REQUESTS))

    assert driver.sent == REQUESTS
    assert not faults, "\n\n".join(map(str, faults))
