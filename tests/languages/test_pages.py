"""Pages in the pseudo-languages: the frame is marked, and the mirrored one is mirrored."""

import re

import pytest
from bs4 import BeautifulSoup

from perfomix.languages import pseudo
from tests.builders import a_released_course
from tests.people import logged_in

pytestmark = pytest.mark.django_db

PAGES = ["/", "/courses/", "/courses/sewing-by-hand/", "/accounts/login/", "/nowhere/"]


@pytest.fixture
def course(ada, mira):
    return a_released_course(by=ada)


@pytest.mark.parametrize("address", PAGES)
def test_a_page_runs_from_right_to_left_in_the_mirrored_language(client, course, address):
    client.get(f"/language/{pseudo.MIRRORED}/")

    page = BeautifulSoup(client.get(address).content, "html.parser")

    assert page.html["dir"] == "rtl"
    assert page.html["lang"] == pseudo.MIRRORED


@pytest.mark.parametrize("address", ["/my-learning/", "/account/", "/purchases/"])
def test_headings_of_a_learners_pages_are_marked(client, cleo, address):
    logged_in(client, cleo).get(f"/language/{pseudo.ACCENTED}/")

    page = BeautifulSoup(client.get(address).content, "html.parser")

    for heading in page.find_all(["h1", "h2"]):
        assert re.match(r"\s*⟦", heading.get_text()), heading


def test_english_is_untouched_and_another_address_for_a_language_is_missing(client, course):
    page = client.get("/courses/").content.decode()

    assert "⟦" not in page
    assert '<html\n  lang="en"' in page
    assert client.get("/language/de/").status_code == 404


@pytest.mark.parametrize(
    ("came_from", "leads_to"),
    [
        ("http://testserver/courses/", "http://testserver/courses/"),
        ("https://elsewhere.example/", "/"),
        ("javascript:alert(1)", "/"),
        (None, "/"),
    ],
)
def test_switching_the_language_leads_back_and_never_elsewhere(client, db, came_from, leads_to):
    headers = {"Referer": came_from} if came_from else {}

    response = client.get(f"/language/{pseudo.ACCENTED}/", headers=headers)

    assert (response.status_code, response["Location"]) == (302, leads_to)
