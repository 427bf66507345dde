"""A site as `make bench` fills it, with twenty courses; its rows are taken back at the end."""

import pytest
from django.db import transaction

from bench.filling.fill import fill
from bench.landmarks import Landmarks
from bench.sizes import Size
from courses.records.counting import count_all_anew
from tests.forgetting import forget_what_is_kept
from tests.rows import start_counting

TINY = Size(
    "tiny",
    courses=20,
    learners=60,
    enrollments=200,
    producers=6,
    waiting=3,
    of_one_producer=5,
    followers=40,
    of_one_learner=12,
    lessons_of_long=12,
)


@pytest.fixture(scope="module")
def filled(django_db_setup, django_db_blocker, static_files):
    with django_db_blocker.unblock(), transaction.atomic():
        fill(TINY)
        yield
        transaction.set_rollback(True)
    # Keys that were counted and rows that were are not taken back with the rows themselves.
    with django_db_blocker.unblock():
        start_counting()
        count_all_anew()
    forget_what_is_kept()


@pytest.fixture
def site(filled, settings):
    """Where the journeys lead, behind the proxy that they come through."""
    settings.PROXY_COUNT = 1
    return Landmarks()
