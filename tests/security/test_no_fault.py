"""No request of any person is an error of ours, whatever it holds.

Short here, with a seed that stays; ``make security`` sends as many as it is told to, with a
seed that it prints.
"""

import os
from unittest.mock import patch

import pytest
from django.urls import URLResolver, get_resolver

from tests.security.hostile.driving import Driver
from tests.security.hostile.routes import every_route
from tests.security.hostile.world import a_world

pytestmark = pytest.mark.django_db

REQUESTS = int(os.environ.get("HOSTILE_REQUESTS", "600"))
SEED = int(os.environ.get("HOSTILE_SEED", "20261201"))


def test_no_request_of_any_person_is_an_error_of_ours():
    driver = Driver(a_world(), seed=SEED)

    faults = list(driver.drive(REQUESTS))

    assert (driver.sent, driver.looked_at > 0) == (REQUESTS, True)
    assert not faults, f"seed {SEED}\n\n" + "\n\n".join(map(str, faults))


def test_every_route_is_among_those_that_are_tried():
    """The walk is that of Django's resolver: as many addresses as it has patterns."""
    names = {route.name for route in every_route()}

    assert len(every_route()) == sum(1 for _ in _leaves(get_resolver().url_patterns))
    assert {"wagtailadmin_pages:edit", "learners:quiz", "storefront:webhook"} <= names


def _leaves(patterns):
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from _leaves(pattern.url_patterns)
        else:
            yield pattern


def test_an_error_of_ours_is_found():
    """The control: with a view that fails, the drive tells so."""
    driver = Driver(a_world(), seed=SEED)
    driver.routes = [route for route in driver.routes if route.name == "learners:my_learning"]

    with patch("django.shortcuts.loader.render_to_string", side_effect=RuntimeError("broken")):
        faults = list(driver.drive(40))

    assert faults
    assert all(fault.status == 500 and "broken" in fault.trace for fault in faults)
