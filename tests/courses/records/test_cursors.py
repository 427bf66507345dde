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


def signed(*place: object) -> str:
    return signing.Signer(salt=SALT).sign_object(place)


MADE_UP = {
    "cut short": lambda: page().after[:-1],
    "no signature": lambda: "a:b:c",
    "nothing": lambda: "\x00",
    "signed with the time, as before": lambda: signing.dumps(["", False, "3", "1"], salt=SALT),
    "signed for something else": lambda: signing.Signer(salt="x").sign_object(
        ["", False, "3", "1"]
    ),
    "of another list": lambda: signed("another", False, "3", "1"),
    "of another order": lambda: signed("", False, "3"),
    "not JSON": lambda: signing.Signer(salt=SALT).sign("not JSON"),
}


@pytest.mark.parametrize("kind", MADE_UP)
def test_an_address_that_was_made_up_or_is_old_is_refused(kind):
    with pytest.raises(CursorError):
        page(cursor=MADE_UP[kind]())
