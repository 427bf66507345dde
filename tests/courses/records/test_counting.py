"""The planner counts our tables without waiting for other databases of the same server."""

import psycopg
import pytest
from django.db import OperationalError, connection, transaction

from courses.records.counting import count_all_anew

pytestmark = pytest.mark.django_db


@pytest.fixture
def another_database_is_counted():
    """Somebody counts a catalogue that all databases share, and their transaction goes on."""
    with psycopg.connect(**connection.get_connection_params() | {"cursor_factory": None}) as other:
        other.execute("ANALYZE pg_authid")
        yield
        other.rollback()


@pytest.fixture
def impatient(db):
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL lock_timeout = '300ms'")


def test_nobody_who_counts_elsewhere_is_waited_for(another_database_is_counted, impatient):
    count_all_anew()


@pytest.mark.race
def test_a_bare_analyze_would_wait(another_database_is_counted, impatient):
    """The control."""
    with (
        pytest.raises(OperationalError, match="lock timeout"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("ANALYZE")
