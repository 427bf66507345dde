"""The picture that other sites show beside a link to a course."""

import re
from io import BytesIO

import pytest
from PIL import Image

from courses.releases import archive_course
from tests.builders import a_course, a_released_course

pytestmark = pytest.mark.django_db


@pytest.fixture
def course(ada):
    return a_released_course(by=ada, title="Sewing by hand")


def card_of(client, course) -> str:
    """The address that the course's page names."""
    page = client.get(f"/courses/{course.slug}/").text
    address = re.search(r'property="og:image" content="http://testserver([^"]+)"', page)[1]
    return address.replace("&amp;", "&")


def test_the_page_of_a_course_names_a_card_of_the_size_that_sites_ask_for(client, course):
    response = client.get(card_of(client, course))

    assert response["Content-Type"] == "image/png"
    assert Image.open(BytesIO(response.content)).size == (1200, 630)
    assert response["Cache-Control"] == "public, max-age=31536000, immutable"


def test_another_title_gets_another_card_at_another_address(client, course, ada, mira):
    before = card_of(client, course)
    first = client.get(before).content
    course.refresh_from_db()
    course.title = "Sewing by machine"
    course.save_revision(user=ada)
    a_released_course(by=ada, course=course)

    after = card_of(client, course)

    assert after != before
    assert client.get(after).content != first
    # A version that is gone shows what is there now, and is asked for again soon.
    assert client.get(before)["Cache-Control"] == "public, max-age=86400"


def test_a_title_is_set_as_typed(client, ada):
    course = a_released_course(by=ada, title='#image("/etc/passwd") $x$ *bold* <b> \\ “so”')

    assert client.get(card_of(client, course)).status_code == 200


def test_what_is_not_on_sale_has_no_card(client, course, ada):
    draft = a_course(by=ada, title="Mending")
    archive_course(course=course, user=ada)

    for slug in (draft.slug, course.slug, "nowhere"):
        assert client.get(f"/courses/{slug}/card.png").status_code == 404
