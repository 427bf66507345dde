"""What is said to somebody whose request has no shape: what happened, and what to do."""

import pytest
from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.test import Client, RequestFactory

from courses.shapes.answers import misshapen
from tests.people import logged_in


def words(response) -> str:
    return response.content.decode()


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        ({"path": "/courses/%00/"}, "not what this page asks for"),
        (
            {
                "path": "/theme/",
                "data": b"--x",
                "content_type": "multipart/form-data; boundary=" + "y" * 300,
            },
            "not what this page asks for",
        ),
        (
            {
                "path": "/theme/",
                "data": "&".join(["a=1"] * 40_000),
                "content_type": "application/x-www-form-urlencoded",
            },
            "larger than can be taken at once",
        ),
        ({"path": "/courses/?at=" + "x" * 3000}, "more than can be looked up at once"),
    ],
    ids=["null byte", "no multipart", "too many fields", "too long"],
)
def test_a_refused_request_gets_our_page_that_says_what_to_do(client, dana, sent, told):
    logged_in(client, dana)
    path = sent.pop("path")

    response = client.post(path, **sent) if sent else client.get(path)

    assert response.status_code == 400
    assert told in words(response)
    assert "Error 400" in words(response)
    assert 'href="/"' in words(response)
    assert "no-store" in response["Cache-Control"]


def test_a_program_is_told_in_json(client, db):
    response = client.get("/courses/%00/", headers={"Accept": "application/json"})
    assert response.status_code == 400
    assert response.json()["code"] == "misshapen"


@pytest.mark.parametrize("method", ["get", "post"])
def test_the_address_of_a_button_says_that_it_is_not_a_page(client, dana, method):
    address = {"get": "/account/zone/", "post": "/courses/"}[method]

    response = getattr(logged_in(client, dana), method)(address)

    assert response.status_code == 405
    assert "It belongs to a button of another page, so nothing was changed." in words(response)
    assert "Error 405" in words(response)
    assert response["Allow"] == {"get": "POST", "post": "GET, HEAD"}[method]
    assert "no-store" in response["Cache-Control"]


def test_a_program_is_told_which_method_is_wrong(client, dana):
    response = logged_in(client, dana).get("/account/zone/", headers={"Accept": "application/json"})

    assert response.status_code == 405
    assert response.json() == {
        "detail": "This address takes no GET.",
        "code": "method_not_allowed",
    }


def test_a_form_that_waited_too_long_leads_on(db):
    response = Client(enforce_csrf_checks=True).post("/accounts/login/", {"login": "a"})

    assert response.status_code == 403
    assert "This form has waited too long" in words(response)
    assert '<a class="button" href="/">' in words(response)


def test_the_words_of_a_framework_are_not_shown():
    request = RequestFactory().get("/", headers={"Accept": "application/json"})
    for exception, code in (
        (SuspiciousOperation("settings.SECRET"), "misshapen"),
        (RequestDataTooBig("bytes"), "too_large"),
    ):
        response = misshapen(request, exception)
        assert (response.status_code, code in words(response)) == (400, True)
        assert str(exception) not in words(response)


@pytest.mark.parametrize("host", ["elsewhere.example", "", "a b", "testserver:x", "[::1", "é"])
def test_a_host_that_is_not_ours_is_refused_in_words(client, host):
    response = client.get("/courses/", headers={"host": host})

    assert response.status_code == 400
    assert "This could not be read" in response.text
