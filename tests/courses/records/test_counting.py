"""The planner counts our tables without waiting for other databases of the same server."""

import psycopg
import pytest
from django.db import OperationalError, connection, transaction

from courses.models import Category
from courses.records import counting
from courses.records.counting import Total, count_all_anew, count_rows

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


def test_what_a_filter_leaves_is_not_told_by_the_length_of_its_table(monkeypatch):
    monkeypatch.setattr(counting, "MOST", 2)
    Category.objects.bulk_create(Category(name=f"S{n}", slug=f"s{n}") for n in range(6))
    count_all_anew()

    whole = count_rows(Category.objects.all())
    some = count_rows(Category.objects.filter(slug__in=["s0", "s1", "s2"]))
    few = count_rows(Category.objects.filter(slug__in=["s0", "s1"]))

    assert whole == Total(Category.objects.count(), is_exact=False, is_estimate=True)
    assert some == Total(2, is_exact=False)
    assert str(some) == "more than 2"
    assert few == Total(2)
