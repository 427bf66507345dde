"""Answers travel compressed, unless they are compressed already, and their length tells nothing."""

import gzip

import pytest
from django.http import HttpResponse
from django.templatetags.static import static

from perfomix.compression import CHANCE, TextsCompressed, compressed
from tests.builders import a_released_course, an_enrollment
from tests.people import logged_in

pytestmark = pytest.mark.django_db
ACCEPTS = {"Accept-Encoding": "gzip, br"}


def test_a_page_of_ones_own_is_less_than_a_third_of_its_length(client, cleo, ada):
    for title in ("Sewing by hand", "Maps people can trust", "Bread in a cold kitchen"):
        an_enrollment(user=cleo, course=a_released_course(by=ada, title=title))
    logged_in(client, cleo)
    plain = client.get("/my-learning/")

    answer = client.get("/my-learning/", headers=ACCEPTS)

    assert answer["Content-Encoding"] == "gzip"
    assert len(answer.content) - CHANCE < len(plain.content) / 3
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


def test_the_chance_is_added_before_what_is_read_and_changes_none_of_it():
    text = b"<p>Sewing by hand</p>" * 200

    made = [compressed(text) for _ in range(200)]

    assert {gzip.decompress(one) for one in made} == {text}
    lengths = {len(one) for one in made}
    assert len(lengths) > 30
    assert max(lengths) - min(lengths) < 100


def test_it_is_compressed_at_the_level_that_is_cheap(client, cleo, monkeypatch):
    """Three looks for repetitions only as far as pays for a page that is sent once."""
    levels = []
    work = gzip.compress

    def noted(data, level, **options):
        levels.append(level)
        return work(data, level, **options)

    monkeypatch.setattr(gzip, "compress", noted)
    logged_in(client, cleo)

    client.get("/account/", headers=ACCEPTS)

    assert levels == [3]


@pytest.mark.parametrize(
    ("headers", "content"),
    [
        ({}, "short"),
        ({"Content-Encoding": "br"}, "long" * 200),
        ({"Content-Type": "image/png"}, "long" * 200),
    ],
)
def test_what_is_small_or_compressed_already_is_left_alone(rf, headers, content):
    answer = HttpResponse(content, headers=headers)

    sent = TextsCompressed(lambda request: answer)(rf.get("/", headers=ACCEPTS))

    assert sent.content == content.encode()
    assert "Vary" not in sent.headers
    assert sent.headers.get("Content-Encoding") == headers.get("Content-Encoding")


def test_a_strong_mark_of_the_text_is_a_weak_one_of_its_compressed_form(rf):
    answer = HttpResponse("long" * 200, headers={"ETag": '"of the text"'})

    sent = TextsCompressed(lambda request: answer)(rf.get("/", headers=ACCEPTS))

    assert sent.headers["ETag"] == 'W/"of the text"'
    assert sent.headers["Content-Length"] == str(len(sent.content))
    assert sent.headers["Vary"] == "Accept-Encoding"
