"""The picture that other sites show beside a link to a course."""

import re
from io import BytesIO
from uuid import UUID

import pytest
from PIL import Image, ImageChops

from courses.models import Language
from courses.releases import archive_course
from storefront.catalogue.sharing import share_card
from storefront.models import CatalogueEntry
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


def test_another_title_gets_another_card_at_another_address(client, course, ada, mira, commit):
    before = card_of(client, course)
    first = client.get(before).content
    course.refresh_from_db()
    course.title = "Sewing by machine"
    course.save_revision(user=ada)
    with commit():
        a_released_course(by=ada, course=course)

    after = card_of(client, course)

    assert after != before
    assert client.get(after).content != first
    # A version that is gone shows what is there now, and is asked for again soon.
    assert client.get(before)["Cache-Control"] == "public, max-age=86400"


def test_a_title_is_set_as_typed(client, ada):
    course = a_released_course(by=ada, title='#image("/etc/passwd") $HOME *bold* <b> \\ “so”')

    assert client.get(card_of(client, course)).status_code == 200


def test_what_is_not_on_sale_has_no_card(client, course, ada):
    draft = a_course(by=ada, title="Mending")
    archive_course(course=course, user=ada)

    for slug in (draft.slug, course.slug, "nowhere"):
        assert client.get(f"/courses/{slug}/card.png").status_code == 404


# Where the plate may stand, in pixels: left, top, right, bottom.
PLATE = (50, 130, 790, 580)


def around_the_plate(title: str, producer: str) -> Image.Image:
    entry = CatalogueEntry(
        title=title, producer_name=producer, uuid=UUID(int=7), language=Language.ENGLISH
    )
    picture = Image.open(BytesIO(share_card(entry))).convert("RGB")
    picture.paste("white", PLATE)
    return picture


@pytest.mark.parametrize(
    ("title", "producer"),
    [
        ("How to draw maps that people can trust even in a fog " * 5, "Maria del Carmen " * 7),
        ("W" * 255, "M" * 120),
        ("値得信赖的地图" * 36, "王小明" * 40),
        ("แผนที่ที่ผู้คนเชื่อถือได้" * 10, "น้ำผึ้ง" * 17),
        ("خرائط يثق بها الناس " * 12, "عبدالرحمن" * 13),
    ],
)
def test_no_title_is_too_long_for_its_plate(title, producer):
    plain = around_the_plate("Maps", "Marit")

    full = around_the_plate(title[:255], producer[:120])

    assert ImageChops.difference(plain, full).getbbox() is None
