"""What the races about money have in common: something to buy, and the control."""

import pytest
from django.db.models import QuerySet

from tests.storefront.shop import a_course_on_sale


@pytest.fixture
def course(ada):
    return a_course_on_sale(by=ada, price="24.00")


@pytest.fixture
def without_locks(monkeypatch):
    """The control: rows are read without being locked, so nobody waits for anybody."""
    monkeypatch.setattr(QuerySet, "select_for_update", lambda self, **_: self.all())
