"""What is said to somebody whose request has no shape: what happened, and what to do."""

import pytest
from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.test import RequestFactory

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


def test_the_words_of_a_framework_are_not_shown():
    request = RequestFactory().get("/", headers={"Accept": "application/json"})
    for exception, code in (
        (SuspiciousOperation("settings.SECRET"), "misshapen"),
        (RequestDataTooBig("bytes"), "too_large"),
    ):
        response = misshapen(request, exception)
        assert (response.status_code, code in words(response)) == (400, True)
        assert str(exception) not in words(response)
