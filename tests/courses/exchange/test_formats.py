"""What is neutral knows no format; a format is a folder and a row in the registry."""

import json
from pathlib import Path

import pytest

from courses import exchange
from courses.exchange import registry
from courses.exchange.archive import open_archive
from courses.exchange.build import import_course
from courses.exchange.errors import ImportRefused
from courses.exchange.formats.olx.roots import ACCEPTED
from courses.exchange.neutral import (
    PLACE,
    Clip,
    ImportedChapter,
    ImportedComponent,
    ImportedCourse,
    ImportedLesson,
    Prose,
)
from courses.exchange.registry import Format, format_of
from courses.exchange.strangers import UNKNOWN
from courses.files.captions import Cue
from courses.models import CourseDocument, LessonPage

from .exports import a_leaflet, as_tar, as_zip

ROOM = Path(exchange.__file__).parent
# What only Open edX says. Elsewhere in the room each of these would name one format.
OF_OLX = {
    "%%", "asset-v1", "course.xml", "display_name", "jump_to", "library.xml", "mathjax", "olx",
    "open edx", "policy.json", "problemset", "sequential", "sjson", "studio", "url_name",
    "vertical", "videosequence", "xblock",
}  # fmt: skip


def words_of_olx(files) -> dict[str, set[str]]:
    """The words that each file says, code and comments alike; files that say none are not told."""
    texts = {path.name: path.read_text().lower() for path in files}
    found = {name: {word for word in OF_OLX if word in text} for name, text in texts.items()}
    return {name: words for name, words in found.items() if words}


def test_no_neutral_file_says_a_word_of_olx():
    registry_alone = {ROOM / "registry.py"}  # which names the formats there are
    neutral = {*ROOM.glob("*.py"), ROOM / "formats" / "__init__.py"} - registry_alone
    assert len(neutral) >= 12
    assert words_of_olx(neutral) == {}


def test_that_search_finds_the_words_where_they_belong():
    """The control: without it the test above could pass by looking for nothing."""
    found = words_of_olx((ROOM / "formats" / "olx").glob("*.py"))
    assert set().union(*found.values()) == OF_OLX


def test_formats_have_names_of_their_own():
    names = [known.name for known in registry.FORMATS]
    assert len(set(names)) == len(names)


MARKDOWN = (
    "Markdown is one text (.md), or a .zip with a text for each lesson and a folder for each "
    "chapter."
)


@pytest.mark.parametrize(
    ("files", "name"),
    [
        (a_leaflet(), "olx"),
        ({"1-boil.md": b"# Boil", "cup.png": b""}, "markdown"),
        ({"library/library.xml": b"<library/>"}, "olx"),
    ],
)
def test_an_archive_is_recognised_by_what_it_holds(packed, files, name):
    with open_archive(packed(as_tar(files))) as archive:
        assert format_of(archive).name == name


def test_an_archive_of_no_known_format_is_refused_with_what_is_accepted(packed):
    path = packed(as_zip({"notes.txt": b"tea"}))
    with open_archive(path) as archive, pytest.raises(ImportRefused) as caught:
        format_of(archive)
    assert str(caught.value) == f"{UNKNOWN} {ACCEPTED} {MARKDOWN}"
    assert caught.value.code == "format_unknown"


# A second format, as small as one can be: pages.json names the pages, each with its HTML.


def read_pages(archive) -> ImportedCourse:
    section = ImportedChapter("All pages", "section")
    for number, html in enumerate(json.loads(archive.read("pages.json"))):
        film = Clip("Film", youtube="dQw4w9WgXcQ", captions={"en": "film.cue"})
        component = ImportedComponent("page", f"p{number}", "", pieces=[Prose(html), film])
        section.lessons.append(ImportedLesson(f"Page {number}", f"l{number}", [component]))
    places = {f"p{number}": f"l{number}" for number in range(len(section.lessons))}
    chapter = ImportedChapter("Book", "book", chapters=[section])
    return ImportedCourse("A book", chapters=[chapter], places=places)


PAGES = Format(
    name="pages",
    recognises=lambda archive: "pages.json" in archive,
    read=read_pages,
    accepted="A book with a pages.json can be imported.",
    transcripts={".cue": lambda text: [Cue(0, 1000, (text,))]},
)


@pytest.fixture
def with_pages(monkeypatch):
    monkeypatch.setattr(registry, "FORMATS", (*registry.FORMATS, PAGES))


@pytest.mark.django_db
def test_a_second_format_is_one_row(with_pages, catalogue, ada, packed):
    pages = ["<p>Boil.</p>", f'<p>As <a href="{PLACE}p0">before</a>.</p>']
    files = {"pages.json": json.dumps(pages).encode(), "film.cue": b"Pour it."}

    course, report = import_course(path=packed(as_zip(files)), producer=ada)

    first, second = LessonPage.objects.descendant_of(course).order_by("path")
    assert first.body.raw_data[0]["value"] == "<p>Boil.</p>"
    assert second.body.raw_data[0]["value"] == (
        f'<p>As <a id="{first.pk}" linktype="page">before</a>.</p>'
    )
    assert CourseDocument.objects.get().file.read().endswith(b"Pour it.\n")
    assert report.as_dict()["kinds"] == {"page": {"imported": 2}}


def test_what_is_accepted_is_said_of_every_format(with_pages, packed):
    path = packed(as_zip({"a.txt": b"a"}))
    with open_archive(path) as archive, pytest.raises(ImportRefused) as caught:
        format_of(archive)
    assert str(caught.value) == f"{UNKNOWN} {ACCEPTED} {MARKDOWN} {PAGES.accepted}"


def test_an_archive_that_two_formats_recognise_is_read_by_the_first(with_pages, packed):
    files = {"library/library.xml": b"<library/>", "pages.json": b"[]"}
    with open_archive(packed(as_tar(files))) as archive:
        assert PAGES.recognises(archive)
        assert format_of(archive).name == "olx"
