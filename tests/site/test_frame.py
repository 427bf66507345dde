"""What stands around every page: drawn once for all who see the same, and nobody else's."""

import re

import pytest
from django.test import Client

from courses.freshness import fragments
from tests.people import logged_in

pytestmark = pytest.mark.django_db
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')

WHOSE = re.compile(r'<p class="who"><b>(.*?)</b>')


@pytest.fixture
def drawn(monkeypatch) -> list[str]:
    """The pieces that are drawn from here on, by their templates."""
    fragments.forget()
    names: list[str] = []
    find = fragments.get_template
    monkeypatch.setattr(fragments, "get_template", lambda name: names.append(name) or find(name))
    yield names
    fragments.forget()


def page_of(person) -> str:
    client = Client()
    logged_in(client, person)
    return client.get("/account/").content.decode()


def test_the_frame_is_drawn_once_for_all_learners(drawn, cleo, dana):
    page_of(cleo)
    once = sorted(name for name in drawn if "/frame/" in name)
    drawn.clear()

    page_of(dana)

    assert once == [
        f"components/frame/{name}.html"
        for name in ("menu", "offline", "opening", "places", "search")
    ]
    assert drawn == []


@pytest.mark.parametrize("turned", [False, True])
def test_everybody_finds_their_own_places_whoever_came_first(drawn, cleo, ada, mira, turned):
    people = [mira, ada, cleo] if turned else [cleo, ada, mira]

    pages = {person: page_of(person) for person in people}

    for person, places in ((cleo, []), (ada, ["Studio"]), (mira, ["Courses to review"])):
        found = [
            name
            for name in ("Studio", "Courses to review")
            # in the header and behind the avatar
            if pages[person].count(f"{name}</a>") == 2
        ]
        assert found == places, person
        assert person.name in WHOSE.findall(pages[person])[0]
        assert all(other.email not in pages[person] for other in people if other != person)


def test_no_token_of_a_frame_is_anothers(drawn, cleo, dana):
    of_cleo, of_dana = TOKEN.findall(page_of(cleo)), TOKEN.findall(page_of(dana))

    assert of_cleo and of_dana
    assert set(of_cleo).isdisjoint(of_dana)


def test_signing_out_from_the_frame_works_with_its_token(drawn, cleo, dana):
    page_of(dana)
    client = Client(enforce_csrf_checks=True)
    logged_in(client, cleo)
    token = TOKEN.findall(client.get("/account/").content.decode())[0]

    refused = client.post("/accounts/logout/")
    left = client.post("/accounts/logout/", {"csrfmiddlewaretoken": token})

    assert refused.status_code == 403
    assert left.status_code == 302
    assert "_auth_user_id" not in client.session


PLACES = ["/my-learning/", "/purchases/", "/account/", "/account/teach/"]


@pytest.mark.parametrize("address", PLACES)
def test_the_menu_says_where_one_is(client, cleo, address):
    page = logged_in(client, cleo).get(address).text

    marked = re.findall(r'<a\s+href="([^"]+)"[^>]*aria-current="page"', page)
    assert set(marked) == {address}
