"""Switching the language by an address: back to where one was, and nowhere else."""

import pytest

from perfomix.languages import pseudo
from tests.people import logged_in

pytestmark = pytest.mark.django_db


def switched(client, code, **headers):
    return client.get(f"/language/{code}/", headers=headers, secure=True)


def test_whoever_switches_is_back_where_they_were_and_reads_mails_in_it_too(client, cleo):
    came_from = "https://testserver/courses/?level=beginner"

    response = switched(logged_in(client, cleo), pseudo.ACCENTED, referer=came_from)

    assert (response.status_code, response.url) == (302, came_from)
    assert client.cookies["django_language"].value == pseudo.ACCENTED
    cleo.refresh_from_db()
    assert cleo.language == pseudo.ACCENTED


@pytest.mark.parametrize(
    "came_from",
    ["", "https://elsewhere.example/", "//elsewhere.example/", "http://testserver/courses/"],
)
def test_a_choice_of_language_never_leads_elsewhere(client, came_from):
    response = switched(client, pseudo.ACCENTED, referer=came_from)

    assert (response.status_code, response.url) == (302, "/")


def test_a_language_that_is_not_offered_is_not_there(client, cleo):
    response = switched(logged_in(client, cleo), "tlh")

    assert response.status_code == 404
    assert "django_language" not in client.cookies
    cleo.refresh_from_db()
    assert cleo.language != "tlh"
