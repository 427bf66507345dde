"""The windows in which a page, an image or a document is chosen offer only one's own."""

import json

import pytest

from tests.people import logged_in

from .addresses import MISSING, admin

pytestmark = pytest.mark.django_db


def test_the_page_chooser_begins_at_the_catalogue_and_shows_own_pages(client, ada, hers, his):
    logged_in(client, ada)

    browsed = client.get(admin("wagtailadmin_choose_page"), follow=True)
    searched = client.get(admin("wagtailadmin_choose_page_search"), {"q": "Lesson"})

    shown = json.loads(browsed.content)["html"]
    assert "Sewing by hand" in shown
    assert "secret maps" not in shown
    assert "secret maps" not in searched.content.decode()
    assert "Sewing by hand" in searched.content.decode()


@pytest.mark.parametrize("app", ["wagtailimages_chooser", "wagtaildocs_chooser"])
def test_media_choosers_and_their_search_show_own_media_only(client, ada, hers, his, app):
    logged_in(client, ada)

    for name, query in (("choose", {}), ("choose_results", {"q": "of"}), ("choose_results", {})):
        shown = client.get(admin(f"{app}:{name}"), query).content.decode()
        assert "secret maps" not in shown
    assert "Sewing by hand" in client.get(admin(f"{app}:choose")).content.decode()


def test_several_chosen_at_once_must_all_be_own(client, ada, hers, his):
    logged_in(client, ada)
    choosers = {
        "wagtailadmin_choose_page_chosen_multiple": (hers.lessons[0], his.lessons[0]),
        "wagtailimages_chooser:chosen_multiple": (hers.image, his.image),
        "wagtaildocs_chooser:chosen_multiple": (hers.document, his.document),
    }
    for name, (mine, foreign) in choosers.items():
        there = client.get(admin(name), {"id": [mine.pk, foreign.pk]})
        nowhere = client.get(admin(name), {"id": [mine.pk, MISSING]})
        assert (there.status_code, nowhere.status_code) == (404, 404), name
        assert there.content == nowhere.content
        assert client.get(admin(name), {"id": [mine.pk]}).status_code == 200, name
