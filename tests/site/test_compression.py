"""Answers travel compressed, unless they are compressed already, and their length tells nothing."""

import gzip

import pytest
from django.templatetags.static import static

from tests.builders import a_released_course, an_enrollment
from tests.people import logged_in

pytestmark = pytest.mark.django_db
ACCEPTS = {"Accept-Encoding": "gzip, br"}


def test_a_page_of_ones_own_is_less_than_a_third_of_its_length(client, cleo, ada):
    an_enrollment(user=cleo, course=a_released_course(by=ada))
    logged_in(client, cleo)
    plain = client.get("/my-learning/")

    answer = client.get("/my-learning/", headers=ACCEPTS)

    assert answer["Content-Encoding"] == "gzip"
    assert len(answer.content) < len(plain.content) / 3
    assert "Accept-Encoding" in answer["Vary"]
    assert "Sewing by hand" in gzip.decompress(answer.content).decode()


def test_the_length_of_the_same_page_differs_by_chance(client, cleo):
    logged_in(client, cleo)

    lengths = {len(client.get("/account/", headers=ACCEPTS).content) for _ in range(12)}

    assert len(lengths) > 3


def test_a_browser_that_reads_no_gzip_gets_plain_text(client):
    answer = client.get("/accounts/login/", headers={"Accept-Encoding": "identity"})

    assert "Content-Encoding" not in answer.headers
    assert b"<!doctype html>" in answer.content


def test_a_picture_is_sent_as_it_is(client, ada):
    a_released_course(by=ada, title="Sewing by hand")

    for address in ("/courses/sewing-by-hand/card.png", static("img/touch-icon.png")):
        answer = client.get(address, headers=ACCEPTS)

        assert answer.status_code == 200
        assert "Content-Encoding" not in answer.headers
        assert answer["Content-Type"] == "image/png"
