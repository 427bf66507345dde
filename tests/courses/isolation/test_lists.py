"""Lists, search and suggestions name only what is one's own."""

import pytest

from tests.people import logged_in

from .addresses import MISSING, admin

pytestmark = pytest.mark.django_db


def test_the_explorer_lists_own_courses_only(client, ada, hers, his, catalogue):
    logged_in(client, ada)

    listed = client.get(admin("wagtailadmin_explore", catalogue.pk)).content.decode()

    assert "Sewing by hand" in listed
    assert "secret maps" not in listed
    assert "Bruno" not in listed


def test_filters_of_the_explorer_do_not_name_other_people(client, ada, hers, his, catalogue):
    logged_in(client, ada)

    shown = client.get(admin("wagtailadmin_explore", catalogue.pk)).content.decode()

    assert "Bruno" not in shown
    assert "bruno@" not in shown


def test_search_finds_own_pages_only(client, ada, hers, his):
    logged_in(client, ada)

    for name in ("wagtailadmin_pages:search", "wagtailadmin_pages:search_results"):
        found = client.get(admin(name), {"q": "of"}).content.decode()
        assert "secret maps" not in found
    own = client.get(admin("wagtailadmin_pages:search"), {"q": "Sewing"}).content.decode()
    assert "Lesson 1 of Sewing by hand" in own


@pytest.mark.parametrize("name", ["wagtailimages:index", "wagtaildocs:index"])
def test_media_lists_show_own_media_and_collections_only(client, ada, hers, his, name):
    shown = logged_in(client, ada).get(admin(name)).content.decode()

    assert "of Sewing by hand" in shown
    assert "secret maps" not in shown


@pytest.mark.parametrize("kind", ["pages", "images", "documents"])
def test_the_admins_api_lists_own_things_only(client, ada, hers, his, kind):
    logged_in(client, ada)

    answer = client.get(admin(f"wagtailadmin_api:{kind}:listing"), {"limit": 20})

    assert answer.status_code == 200
    assert "Sewing by hand" in answer.content.decode()
    assert "secret maps" not in answer.content.decode()


@pytest.mark.parametrize("parameter", ["child_of", "descendant_of", "ancestor_of"])
def test_the_api_tells_a_foreign_parent_from_a_missing_one_by_nothing(
    client, ada, hers, his, parameter
):
    logged_in(client, ada)
    listing = admin("wagtailadmin_api:pages:listing")

    there = client.get(listing, {parameter: his.pk})
    nowhere = client.get(listing, {parameter: MISSING})

    assert (there.status_code, there.content) == (nowhere.status_code, nowhere.content)


def test_tags_are_suggested_from_released_courses_and_ones_own(client, ada, his):
    his.tags.add("secretproject")
    his.save()
    logged_in(client, ada)

    answer = client.get(admin("wagtailadmin_tag_autocomplete"), {"term": "secret"})

    assert answer.status_code == 200
    assert answer.json() == []


def test_the_dashboard_names_nothing_of_others(client, ada, hers, his):
    shown = logged_in(client, ada).get(admin("wagtailadmin_home")).content.decode()

    assert "Sewing by hand" in shown
    assert "secret maps" not in shown
