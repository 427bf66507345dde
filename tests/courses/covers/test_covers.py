"""Generated covers."""

import uuid
import xml.etree.ElementTree as ET

import pytest

from courses.covers import FAMILIES, SHAPES, cover
from courses.covers.addresses import generated_cover_url
from courses.models import Pattern

SEED = uuid.UUID("6f9f1a52-6b1e-4a55-9a4f-0c6b2f3f7a11")


def test_every_category_has_a_family_of_covers():
    assert set(FAMILIES) == set(Pattern.values)


@pytest.mark.parametrize("pattern", FAMILIES)
@pytest.mark.parametrize("shape", SHAPES)
def test_one_seed_and_one_pattern_give_one_picture(pattern, shape):
    first = cover(SEED, pattern, shape)

    assert first == cover(str(SEED), pattern, shape)
    assert first != cover(uuid.UUID(int=7), pattern, shape)
    assert len(first) < 30_000
    width, height = SHAPES[shape]
    assert ET.fromstring(first).get("viewBox") == f"0 0 {width} {height}"


def test_a_cover_may_be_kept_for_ever_and_asks_nothing_of_the_database(
    client, django_assert_num_queries, db
):
    with django_assert_num_queries(0):
        response = client.get(generated_cover_url(seed=SEED, pattern="music", shape="book"))

    assert response.status_code == 200
    assert response["Content-Type"] == "image/svg+xml"
    assert response["Cache-Control"] == "public, max-age=31536000, immutable"
    assert "Set-Cookie" not in response
    assert response.content.decode() == cover(SEED, "music", "book")


def test_an_address_that_calls_the_pattern_a_room_still_shows_the_cover(client, db):
    response = client.get(f"/covers/{SEED}.svg?room=music&v=1")

    assert response.content.decode() == cover(SEED, "music", "wide")


def test_a_pattern_goes_before_what_earlier_versions_called_a_room(client, db):
    response = client.get(f"/covers/{SEED}.svg?room=craft&pattern=music")

    assert response.content.decode() == cover(SEED, "music", "wide")


@pytest.mark.parametrize(
    "query", ["pattern=attic", "pattern=", "room=attic", "shape=tall", "pattern=music&shape="]
)
def test_a_pattern_or_shape_that_does_not_exist_is_missing(client, query, db):
    assert client.get(f"/covers/{SEED}.svg?{query}").status_code == 404


def test_a_course_without_a_subject_still_has_a_cover():
    assert "pattern=science" in generated_cover_url(seed=SEED, pattern="")
