"""Addresses typed by hand: what is foreign answers like what does not exist."""

import pytest

from tests.people import logged_in

from .addresses import MISSING, admin, media_addresses, page_addresses
from .evidence import headers, rows

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("method", ["get", "post"])
def test_foreign_and_missing_pages_answer_the_same_404(client, ada, hers, his, method):
    logged_in(client, ada)
    foreign = dict(page_addresses(his.lessons[0], his))
    missing = dict(page_addresses(MISSING, MISSING))
    before = rows()

    for name, address in foreign.items():
        there = getattr(client, method)(address)
        nowhere = getattr(client, method)(missing[name])

        assert (there.status_code, nowhere.status_code) == (404, 404), name
        assert there.content == nowhere.content, name
        assert headers(there) == headers(nowhere), name
        assert b"secret maps" not in there.content, name
    assert rows() == before


@pytest.mark.parametrize("method", ["get", "post"])
def test_foreign_and_missing_media_answer_the_same_404(client, ada, hers, his, method):
    logged_in(client, ada)
    missing = dict(media_addresses(MISSING, MISSING))
    before = rows()

    for name, address in media_addresses(his.image.pk, his.document.pk):
        there = getattr(client, method)(address)
        nowhere = getattr(client, method)(missing[name])

        assert (there.status_code, nowhere.status_code) == (404, 404), name
        assert there.content == nowhere.content, name
    assert rows() == before


def test_the_same_addresses_open_to_the_team(client, ada, hers):
    logged_in(client, ada)
    opened = {}
    for name, address in page_addresses(hers.lessons[0], hers):
        opened[name] = client.get(address).status_code

    for name in (
        "explore",
        "edit",
        "usage",
        "view_draft",
        "delete",
        "move",
        "copy",
        "history",
        "revisions_view",
        "revisions_revert",
        "compare",
        "workflow_history",
        "api",
    ):
        assert opened[name] == 200, (name, opened[name])
    for name, address in media_addresses(hers.image.pk, hers.document.pk):
        # Changed by posts alone; and images have no address outside a lesson.
        if "multiple" not in name and name != "image url_generator":
            assert client.get(address).status_code == 200, name


def test_a_moderator_opens_no_editor(client, mira, hers):
    logged_in(client, mira)

    for name, address in page_addresses(hers.lessons[0], hers):
        assert client.get(address).status_code == 404, name
    for name, address in media_addresses(hers.image.pk, hers.document.pk):
        assert client.get(address).status_code == 404, name


def test_a_foreign_revision_is_as_absent_as_a_missing_one(client, ada, hers, his):
    logged_in(client, ada)
    lesson, foreign = hers.lessons[0], his.lessons[0].latest_revision_id

    for name in ("revisions_view", "revisions_revert"):
        there = client.get(admin(f"wagtailadmin_pages:{name}", lesson.pk, foreign))
        nowhere = client.get(admin(f"wagtailadmin_pages:{name}", lesson.pk, MISSING))
        assert (there.status_code, nowhere.status_code) == (404, 404)
        assert there.content == nowhere.content
    there = client.get(admin("wagtailadmin_pages:revisions_compare", lesson.pk, "live", foreign))
    nowhere = client.get(admin("wagtailadmin_pages:revisions_compare", lesson.pk, "live", MISSING))
    assert (there.status_code, there.content) == (nowhere.status_code, nowhere.content)


def test_presence_on_foreign_pages_is_not_told(client, ada, hers, his):
    logged_in(client, ada)

    def ping(pk):
        return client.post(
            admin("wagtailadmin_editing_sessions:ping", "wagtailcore", "page", pk, 1)
        )

    there, nowhere = ping(his.lessons[0].pk), ping(MISSING)

    assert (there.status_code, nowhere.status_code) == (404, 404)
    assert there.content == nowhere.content
