"""A place in a list: one address for it, and none that somebody made up."""

from datetime import timedelta

import pytest
from django.core import signing
from django.utils import timezone

from courses.errors import CursorError
from courses.models import Category
from courses.records.cursors import SALT, SortKey, keyset_page

pytestmark = pytest.mark.django_db


def page(**asked):
    return keyset_page(Category.objects.all(), order=SortKey("order"), size=2, **asked)


@pytest.fixture(autouse=True)
def subjects():
    for order in range(5):
        Category.objects.create(name=f"Subject {order}", slug=f"subject-{order}", order=order)


def test_a_place_has_one_address_whenever_it_is_asked_for(monkeypatch):
    now = page().after
    later = timezone.now() + timedelta(days=1)
    monkeypatch.setattr(signing.time, "time", later.timestamp)

    assert page().after == now
    assert [row.order for row in page(cursor=now).rows] == [2, 1]


@pytest.mark.parametrize(
    "cursor",
    [
        "cut-short",
        "a:b",
        "a:b:c",
        "\x00",
        signing.dumps(
            ["", False, "3", "1"], salt=SALT
        ),  # with the time, as before
        signing.Signer(salt="another").sign_object(["", False, "3", "1"]),
        signing.Signer(salt=SALT).sign_object(["another list", False, "3", "1"]),
        signing.Signer(salt=SALT).sign_object(["", False, "3"]),
        signing.Signer(salt=SALT).sign("not JSON"),
    ],
)
def test_an_address_that_was_made_up_or_is_old_is_refused(cursor):
    with pytest.raises(CursorError):
        page(cursor=cursor)
