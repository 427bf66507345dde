"""Actions on several things at once, moves, copies and the API's actions: on one's own only."""

import pytest
from django.utils.http import urlencode
from wagtail.models import Page

from tests.builders import a_chapter
from tests.people import logged_in

from .addresses import MISSING, admin
from .evidence import rows

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("verb", ["move", "delete", "publish", "unpublish"])
def test_a_bulk_action_with_one_foreign_page_does_nothing_and_names_nothing(
    client, ada, hers, his, verb
):
    logged_in(client, ada)
    address = admin("wagtail_bulk_action", "wagtailcore", "page", verb)
    before = rows()

    def ask(method, foreign):
        query = urlencode({"id": [hers.lessons[0].pk, foreign], "next": "/admin/"}, doseq=True)
        return getattr(client, method)(f"{address}?{query}", {"chooser": hers.pk})

    for method in ("get", "post"):
        there, nowhere = ask(method, his.lessons[0].pk), ask(method, MISSING)
        assert (there.status_code, nowhere.status_code) == (404, 404)
        assert there.content == nowhere.content
        assert b"secret maps" not in there.content
    assert rows() == before


def test_selecting_all_under_the_catalogue_is_refused(client, ada, hers, his, catalogue):
    logged_in(client, ada)
    address = admin("wagtail_bulk_action", "wagtailcore", "page", "delete")

    for within in ("", f"&childOf={catalogue.pk}", f"&childOf={his.pk}"):
        assert client.get(f"{address}?id=all{within}").status_code == 404
    assert client.get(f"{address}?id=all&childOf={hers.chapter.pk}").status_code == 200


@pytest.mark.parametrize("kind", ["image", "document"])
def test_a_bulk_action_with_foreign_media_is_refused(client, ada, hers, his, kind):
    logged_in(client, ada)
    address = admin("wagtail_bulk_action", "courses", f"course{kind}", "delete")
    mine, foreign = getattr(hers, kind), getattr(his, kind)
    before = rows()

    there = client.post(f"{address}?id={mine.pk}&id={foreign.pk}")
    nowhere = client.post(f"{address}?id={mine.pk}&id={MISSING}")

    assert (there.status_code, nowhere.status_code) == (404, 404)
    assert there.content == nowhere.content
    assert rows() == before


def test_bulk_actions_on_people_are_closed(client, ada, bruno):
    logged_in(client, ada)
    address = admin("wagtail_bulk_action", "learners", "user", "delete")

    response = client.get(f"{address}?id={bruno.pk}")

    assert response.status_code == 404
    assert b"Bruno" not in response.content


@pytest.mark.parametrize(
    "verb",
    [
        "copy",
        "delete",
        "publish",
        "unpublish",
        "move",
        "create_alias",
        "convert_alias",
        "revert_to_page_revision",
        "copy_for_translation",
    ],
)
def test_actions_of_the_api_are_closed_for_foreign_pages(client, ada, hers, his, verb):
    logged_in(client, ada)
    before = rows()

    there = client.post(admin("wagtailadmin_api:pages:action", his.lessons[0].pk, verb))
    nowhere = client.post(admin("wagtailadmin_api:pages:action", MISSING, verb))

    assert (there.status_code, nowhere.status_code) == (404, 404)
    assert there.content == nowhere.content
    assert rows() == before


def test_pages_are_moved_and_copied_inside_ones_own_courses_only(client, ada, hers, his):
    logged_in(client, ada)
    lesson = hers.lessons[0]
    before = rows()
    attempts = [
        (admin("wagtailadmin_pages:move_confirm", lesson.pk, his.chapter.pk), {}),
        (admin("wagtailadmin_pages:move", lesson.pk), {"new_parent_page": his.chapter.pk}),
        (
            admin("wagtailadmin_pages:copy", lesson.pk),
            {"new_title": "T", "new_slug": "t", "new_parent_page": his.chapter.pk},
        ),
    ]
    for address, data in attempts:
        assert client.post(address, data).status_code == 404, address
    assert rows() == before

    other = a_chapter(under=hers, title="Another chapter")
    client.post(admin("wagtailadmin_pages:move_confirm", lesson.pk, other.pk))
    assert Page.objects.get(pk=lesson.pk).get_parent().pk == other.pk


@pytest.mark.parametrize("verb", ["copy", "move"])
def test_a_destination_inside_the_body_of_an_api_call_is_not_told_from_a_missing_one(
    client, ada, hers, his, verb
):
    logged_in(client, ada)
    address = admin("wagtailadmin_api:pages:action", hers.lessons[0].pk, verb)
    before = rows()

    def ask(destination):
        body = {"destination_page_id": destination, "keep_live": False, "position": "last-child"}
        return client.post(address, body, content_type="application/json")

    there, nowhere = ask(his.chapter.pk), ask(MISSING)

    assert (there.status_code, nowhere.status_code) == (404, 404)
    assert there.content == nowhere.content
    assert rows() == before
