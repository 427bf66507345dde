"""Something beside the lesson: what it leads to fits what it says it is."""

import pytest
from wagtail.blocks import StructBlockValidationError

from courses.blocks.choosers import media_on_hand
from courses.blocks.streams import LessonStream
from tests.media import PDF, a_file

pytestmark = pytest.mark.django_db

LINK = "https://example.org/contours"


def complaints(**given) -> dict[str, str]:
    """{field: sentence}: what is said when a lesson with such a block is submitted."""
    block = LessonStream().child_blocks["resource"]
    value = block.to_python(
        {"type": "link", "title": "Contours", "description": "", "url": "", "file": None} | given
    )
    try:
        block.clean(value)
    except StructBlockValidationError as refusal:
        return {name: " ".join(error.messages) for name, error in refusal.block_errors.items()}
    return {}


@pytest.mark.parametrize("kind", ["pdf", "file"])
def test_a_file_has_no_address(kind):
    file = a_file("sheet.pdf", PDF).pk

    assert complaints(type=kind, file=file) == {}
    assert complaints(type=kind, file=file, url=LINK) == {
        "url": "A file has no address; remove it."
    }
    assert complaints(type=kind) == {"file": "Choose the file."}


def test_a_link_has_no_file():
    file = a_file("sheet.pdf", PDF).pk

    assert complaints(type="link", url=LINK) == {}
    assert complaints(type="link", url=LINK, file=file) == {
        "file": "A link has no file; remove it."
    }
    assert complaints(type="link") == {"url": "Give the address, starting with https://."}


def test_what_is_called_a_pdf_is_one():
    film = a_file().pk

    assert complaints(type="file", file=film) == {}
    assert complaints(type="pdf", file=film) == {
        "file": "This file is not a PDF. Choose “File” as the type instead."
    }


def test_a_link_names_its_host_without_www():
    block = LessonStream().child_blocks["resource"]
    value = block.to_python({"type": "link", "title": "", "url": "https://www.example.org/www.pdf"})

    assert value.host == "example.org"


def test_what_is_lent_to_blocks_is_lent_as_copies():
    lent = a_file()
    block = LessonStream().child_blocks["resource"].child_blocks["file"]

    with media_on_hand([lent]):
        first, second = block.bulk_to_python([lent.pk, lent.pk])
    first.title = "Changed"

    assert (first.pk, second.pk) == (lent.pk, lent.pk)
    assert (lent.title, second.title) == ("film.mp4", "film.mp4")
