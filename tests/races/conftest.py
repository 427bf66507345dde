"""What the races about money have in common: something to buy, and the control."""

import pytest
from django.db import connection
from django.db.models import QuerySet

from tests.storefront.shop import a_course_on_sale


@pytest.fixture
def course(ada):
    return a_course_on_sale(by=ada, price="24.00")


@pytest.fixture
def without_locks(monkeypatch):
    """The control: rows are read without being locked, so nobody waits for anybody."""
    monkeypatch.setattr(QuerySet, "select_for_update", lambda self, **_: self.all())


@pytest.fixture
def without(transactional_db):
    """The control of a guard in PostgreSQL: ``without(function, line)``, until the test is over."""
    whole = []

    def leave_out(function: str, line: str) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_get_functiondef(%s::regproc)", [function])
            (body,) = cursor.fetchone()
            assert line in body
            whole.append(body)
            cursor.execute(body.replace(line, ""))

    yield leave_out
    with connection.cursor() as cursor:
        for body in whole:
            cursor.execute(body)
