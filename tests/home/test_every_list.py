"""Every list of the admin with a row in it, and every page about that row, as the admin opens them.

An empty list hides what only a row shows: a picture beside it, a button, a column.
"""

import pytest
from django.apps import apps
from django.contrib.admin.utils import quote
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from learners.models import User
from storefront.models import WebhookEvent

pytestmark = pytest.mark.django_db

END = "_modeladmin_"


def names_of(resolver: URLResolver) -> set[str]:
    found = set()
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLPattern):
            found.add(pattern.name or "")
        else:
            found |= names_of(pattern)
    return found


@pytest.fixture
def rows(demo, changes) -> dict[str, object]:
    """A row of every model with a list: what the demo tells of, and a message of Stripe's."""
    WebhookEvent.objects.create(event_id="evt_1", type="charge.refunded", payload={})
    listed = {name.partition(END)[0] for name in names_of(get_resolver()) if END in name}
    models = {name: apps.get_model(*name.split("_", 1)) for name in listed}
    return {name: model._default_manager.first() for name, model in models.items()}


def test_every_list_has_a_row_and_opens(rows):
    assert [name for name, row in rows.items() if row is None] == []
    assert len(rows) == 11
    admin = Client()
    admin.force_login(User.objects.get(email="admin@perfomix.example"))

    for name in rows:
        page = admin.get(reverse(f"{name}{END}index"))
        assert page.status_code == 200, name
        assert "data-object-pk=" in page.content.decode(), name


def test_every_page_about_a_row_opens_or_says_no(rows):
    admin = Client()
    admin.force_login(User.objects.get(email="admin@perfomix.example"))
    opened = set()

    for url in sorted(names_of(get_resolver())):
        name, found, page = url.partition(END)
        if not found or page == "index":
            continue
        about = [] if page in ("create", "choose_parent") else [quote(rows[name].pk)]
        answer = admin.get(reverse(url, args=about))
        assert answer.status_code in (200, 302, 403, 404), url
        if answer.status_code == 200:
            opened.add(url)

    assert {f"storefront_coupon{END}{page}" for page in ("create", "edit")} <= opened
    assert {f"{name}{END}inspect" for name in rows if name != "storefront_coupon"} <= opened
