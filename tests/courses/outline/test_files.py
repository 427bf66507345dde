"""Files that are dropped on the outline: one file, one lesson."""

import io
import os
import zipfile
from uuid import uuid4

import pytest
from django.conf import settings
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from courses.blocks.tables import MOST_COLUMNS, MOST_ROWS
from courses.exchange import word
from courses.models import CourseDocument, CourseImage, LessonPage, OutlineChange
from courses.outline import files
from courses.teams.members import create_course
from tests.builders import a_course
from tests.media import MP4, PDF, picture
from tests.people import logged_in

pytestmark = pytest.mark.django_db

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
TYPES = """<?xml version="1.0"?><Types
 xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
<Default Extension="rels"
 ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Default Extension="png" ContentType="image/png"/>
<Override PartName="/word/document.xml" ContentType=
"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>"""
RELATIONS = """<?xml version="1.0"?><Relationships
 xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1"
 Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
 Target="word/document.xml"/></Relationships>"""
PARAGRAPHS = """
<w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr><w:r><w:t>Where names come from</w:t></w:r></w:p>
<w:p><w:r><w:t xml:space="preserve">A river keeps its </w:t></w:r>
<w:r><w:rPr><w:b/></w:rPr><w:t>oldest</w:t></w:r><w:r><w:t> name.</w:t></w:r></w:p>
<w:tbl><w:tr><w:tc><w:p><w:r><w:t>Isar</w:t></w:r></w:p></w:tc>
<w:tc><w:p><w:r><w:t>fast</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"""
STYLES = f"""<?xml version="1.0"?><w:styles xmlns:w="{WORD}"><w:style w:type="paragraph"
 w:styleId="Heading1"><w:name w:val="heading 1"/></w:style><w:style w:type="paragraph"
 w:styleId="Title"><w:name w:val="Title"/></w:style></w:styles>"""


def a_docx(body: str = PARAGRAPHS, *, head: str = "", **more: bytes) -> bytes:
    document = f'<?xml version="1.0"?>{head}<w:document xmlns:w="{WORD}"><w:body>{body}</w:body>'
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("[Content_Types].xml", TYPES)
        packed.writestr("_rels/.rels", RELATIONS)
        packed.writestr("word/document.xml", f"{document}</w:document>")
        packed.writestr("word/styles.xml", STYLES)
        for name, data in more.items():
            packed.writestr(name, data)
    return stream.getvalue()


# A note of a hundred kilobytes, which is written out wherever something refers to it.
NOTED = '<w:p><w:r><w:footnoteReference w:id="1"/></w:r></w:p>'
NOTES = (
    f'<w:footnotes xmlns:w="{WORD}"><w:footnote w:id="1"><w:p><w:r><w:t>{"word " * 20_000}</w:t>'
    "</w:r></w:p></w:footnote></w:footnotes>"
).encode()


def with_its_words_elsewhere(body: str) -> bytes:
    """A document whose words stand in a part that is not called XML."""
    hidden = f'<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>'
    data = a_docx(**{"word/document.txt": hidden.encode(), "word/noise.bin": os.urandom(300_000)})
    stream = io.BytesIO(data)
    changed = io.BytesIO()
    with (
        zipfile.ZipFile(stream) as before,
        zipfile.ZipFile(changed, "w", zipfile.ZIP_DEFLATED) as z,
    ):
        for name in before.namelist():
            part = before.read(name)
            z.writestr(name, part.replace(b"document.xml", b"document.txt"))
    return changed.getvalue()


SHOWN = """<w:p><w:r><w:drawing><wp:inline
 xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"><a:graphic
 xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:graphicData><pic:pic
 xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:blipFill><a:blip
 xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" r:embed="p1"/>
</pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>"""
PICTURES = b"""<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
<Relationship Id="p1" Target="media/delta.png"
 Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"/>
</Relationships>"""


@pytest.fixture
def course(ada, catalogue):
    return create_course(producer=ada, title="Maps of water")


@pytest.fixture
def drop(client, ada, course):
    """Drop a file at the end of the course; the answer of the site."""
    logged_in(client, ada)

    def dropped(name: str, data: bytes, **told):
        asked = {"parent": course.pk, "after": "", "key": str(uuid4()), **told}
        address = reverse("studio:outline_files", args=[course.pk])
        return client.post(address, {**asked, "file": SimpleUploadedFile(name, data)})

    return dropped


def made(answer) -> LessonPage:
    assert answer.status_code == 200, answer.text
    (pk,) = answer.json()["made"]
    return LessonPage.objects.get(pk=pk).get_latest_revision_as_object()


def written() -> tuple:
    counted = (LessonPage, OutlineChange, CourseImage, CourseDocument)
    files = sum(len(default_storage.listdir(d)[1]) for d in _folders())
    return (*(model.objects.count() for model in counted), files)


def _folders() -> list[str]:
    return [d for d in ("documents", "original_images") if default_storage.exists(d)]


def test_a_film_becomes_a_lesson_to_watch(drop, course):
    answer = drop("06 names-on-water.mp4", MP4)

    lesson = made(answer)
    film = CourseDocument.objects.get()
    assert (lesson.title, lesson.kind) == ("Names on water", "video")
    assert [block.block_type for block in lesson.body] == ["video"]
    assert (lesson.body[0].value["file"], lesson.body[0].value["title"]) == (film, lesson.title)
    assert (film.collection, film.file_size) == (course.collection, len(MP4))
    assert answer.json()["said"] == "“Names on water” made of a file."
    (row,) = answer.json()["outline"]["rows"]
    assert (row["title"], row["icon"], row["state"]) == ("Names on water", "video", "draft")


def test_markdown_becomes_a_lesson_to_read(drop):
    text = b"# Where it rises\n\nLook *up*.\n\n- one\n- two\n\n| a | b |\n|---|---|\n| 1 | 2 |\n"

    lesson = made(drop("2 where-it-rises.md", text))

    assert lesson.title == "Where it rises"
    assert [block.block_type for block in lesson.body] == ["rich_text", "table"]
    assert lesson.body.raw_data[0]["value"] == (
        "<p>Look <i>up</i>.</p><ul><li>one</li><li>two</li></ul>"
    )


@pytest.mark.parametrize(
    ("text", "title", "begins"),
    [
        (b"# Where it rises\n\n## The spring\n\nLook.", "Where it rises", "heading"),
        (b"---\ntitle: The source\n---\n# Where it rises\n\nLook.", "The source", "heading"),
        (
            b"---\ntitle: Where it rises\n---\n# Where it rises\n\nLook.",
            "Where it rises",
            "rich_text",
        ),
        (b"## The spring\n\nLook.", "Notes 3", "heading"),
        (b"Look.\n\n# Where it rises", "Notes 3", "rich_text"),
    ],
)
def test_markdown_is_called_as_it_calls_itself_and_says_so_once(drop, text, title, begins):
    lesson = made(drop("notes_3.md", text))

    assert lesson.title == title
    assert lesson.body[0].block_type == begins
    headings = [block.value["text"] for block in lesson.body if block.block_type == "heading"]
    assert title not in headings


def test_a_heading_that_is_too_long_for_a_title_is_cut_and_said_once(drop):
    lesson = made(drop("a.md", b"# " + b"word " * 80 + b"\n\nLook."))

    assert lesson.title.startswith("word word") and len(lesson.title) <= 255
    assert [block.block_type for block in lesson.body] == ["rich_text"]


def test_a_long_table_is_parted_a_wide_one_listed_and_both_are_said(drop):
    long = "| Day | Tide |\n| --- | --- |\n" + "| 1 | high |\n" * (MOST_ROWS + 1)
    wide = "|" + " a |" * (MOST_COLUMNS + 1)
    ruled = "|" + " --- |" * (MOST_COLUMNS + 1)
    text = f"Tides by day.\n\n{long}\n\n{wide}\n{ruled}\n{wide}\n"

    answer = drop("tides.md", text.encode())

    body = made(answer).body
    assert [block.block_type for block in body] == ["rich_text", "table", "table", "rich_text"]
    tables = [block.value["cells"] for block in body if block.block_type == "table"]
    assert [len(list(table.rows)) for table in tables] == [MOST_ROWS, 1]
    assert answer.json()["lost"] == [
        "a table with more rows than fit was parted into several",
        "a table with more columns than fit became a list",
    ]


def test_of_a_text_that_came_along_whole_nothing_is_said(drop):
    assert drop("tides.md", b"Tides by day.").json()["lost"] == []


def test_word_becomes_a_lesson_to_read(drop):
    lesson = made(drop("Names of rivers.docx", a_docx()))

    assert lesson.title == "Where names come from"
    assert [block.block_type for block in lesson.body] == ["rich_text", "table"]
    text, table = (block["value"] for block in lesson.body.raw_data)
    assert text == "<p>A river keeps its <b>oldest</b> name.</p>"
    assert table["cells"]["rows"][0]["values"] == ["<p>Isar</p>", "<p>fast</p>"]
    assert not CourseDocument.objects.exists()


def paragraph(words: str, style: str = "") -> str:
    styled = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{styled}<w:r><w:t>{words}</w:t></w:r></w:p>"


@pytest.mark.parametrize(
    ("styles", "title", "headings"),
    [
        (("Title", "Heading1", "Heading1"), "Part 1", ["Part 2", "Part 3"]),
        (("Heading1", "Heading1", ""), "Names of rivers", ["Part 1", "Part 2"]),
        (("Heading1", "", ""), "Part 1", []),
        (("", "Heading1", ""), "Names of rivers", ["Part 2"]),
        (("", "Title", ""), "Names of rivers", ["Part 2"]),
    ],
)
def test_word_is_called_as_it_calls_itself_and_says_so_once(drop, styles, title, headings):
    body = "".join(paragraph(f"Part {n}", style) for n, style in enumerate(styles, 1))

    lesson = made(drop("Names of rivers.docx", a_docx(body)))

    assert lesson.title == title
    said = [block.value["text"] for block in lesson.body if block.block_type == "heading"]
    assert said == headings


def test_a_picture_that_a_document_shows_again_and_again_is_kept_once(drop):
    kept = {"word/_rels/document.xml.rels": PICTURES, "word/media/delta.png": picture()}

    lesson = made(drop("Deltas.docx", a_docx(SHOWN * 30, **kept)))

    image = CourseImage.objects.get()
    assert [block.value["image"] for block in lesson.body] == [image] * 30


def test_a_text_longer_than_any_lesson_is_refused(drop):
    before = written()

    answer = drop("novel.md", b"word " * 60_000)

    assert (answer.status_code, answer.json()["code"]) == (413, "file_too_large")
    assert written() == before


def test_a_pdf_becomes_a_lesson_with_something_to_take_along(drop, course):
    lesson = made(drop("survey_sheet.pdf", PDF))

    value = lesson.body[0].value
    assert (lesson.title, value["type"], value["title"]) == ("Survey sheet", "pdf", "Survey sheet")
    assert value["file"].collection == course.collection


def test_a_picture_becomes_a_lesson_with_it(drop, course):
    lesson = made(drop("The delta.png", picture()))

    image = CourseImage.objects.get()
    assert (lesson.body[0].value["image"], lesson.body[0].value["alt"]) == (image, "The delta")
    assert (image.collection, image.width) == (course.collection, 40)


def test_files_stand_where_they_were_dropped(drop):
    first = made(drop("b.md", b"b"))
    made(drop("a.md", b"a"))
    made(drop("c.md", b"c", after=first.pk))

    answer = drop("d.md", b"d", after=first.pk)

    assert [row["title"] for row in answer.json()["outline"]["rows"]] == ["A", "B", "D", "C"]


def test_undo_takes_the_lesson_away_and_throws_nothing_away(client, drop, course):
    answer = drop("a.md", b"words")
    number = answer.json()["outline"]["undo"]["number"]

    undone = client.post(
        reverse("studio:outline_changes", args=[course.pk]),
        {"verb": "undo", "number": number, "key": str(uuid4())},
        content_type="application/json",
    ).json()

    assert (undone["outline"]["rows"], undone["outline"]["bin"]) == ([], [])
    assert undone["said"] == "Undone: “A” made of a file."
    assert undone["outline"]["redo"]["label"] == "“A” made of a file"


def test_the_same_key_twice_makes_one_lesson_and_keeps_one_file(drop):
    key = str(uuid4())
    first = drop("film.mp4", MP4, key=key)
    before = written()

    second = drop("film.mp4", MP4, key=key)

    assert second.json()["made"] == first.json()["made"]
    assert written() == before


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("program.exe", b"MZ\x90", "file_not_read"),
        ("page.html", b"<p>words</p>", "file_not_read"),
        ("drawing.svg", b"<svg onload='alert(1)'/>", "file_not_read"),
        ("nothing", b"words", "file_not_read"),
        ("empty.md", b"", "file_empty"),
        ("empty.mp4", b"", "file_empty"),
        ("film.mp4", b"no film at all", "file_refused"),
        ("sheet.pdf", b"<html><script>alert(1)</script>", "file_refused"),
        ("picture.png", b"GIF89a", "file_refused"),
        ("binary.md", b"\x00\x01\x02\x03", "file_refused"),
        ("broken.docx", b"PK\x03\x04 no document", "file_refused"),
        ("other.docx", a_docx().replace(b"word/document.xml", b"word/dociment.xml"), None),
        (
            "laughs.docx",
            a_docx("<w:p>&b;</w:p>", head='<!DOCTYPE d [<!ENTITY a "x"><!ENTITY b "&a;&a;">]>'),
            "document_type_declared",
        ),
        ("leads-out.docx", a_docx(**{"../../../etc/cron.d/a": b"x"}), "path_leads_out"),
        ("bomb.docx", a_docx(**{"word/big.xml": b" " * 60 * 1024**2}), "ratio_too_high"),
        ("deep.docx", a_docx("<w:p>" * 400 + "</w:p>" * 400), "broken_word"),
        ("crumbs.docx", a_docx("<w:p/>" * 250_000), "too_long"),
        ("notes.docx", a_docx(NOTED * 300, **{"word/footnotes.xml": NOTES}), "too_long"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_not_taken_is_refused_in_words_and_nothing_is_written(drop, name, data, code):
    before = written()

    answer = drop(name, data)

    told = answer.json()
    assert answer.status_code == 400, answer.text
    assert told["detail"]
    assert code is None or told["code"] == code
    assert told["outline"]["rows"] == []
    assert written() == before


def test_a_document_whose_words_nothing_looked_at_is_read_no_longer_than_any(drop, monkeypatch):
    monkeypatch.setattr(word, "SECONDS", 2)
    data = with_its_words_elsewhere("<w:p/>" * 2_000_000)
    before = written()

    answer = drop("elsewhere.docx", data)

    assert (answer.status_code, answer.json()["code"]) == (400, "too_long")
    assert written() == before


def test_what_is_read_is_named_to_whoever_brings_something_else(drop):
    assert drop("a.xlsx", b"PK").json()["detail"] == (
        "Files ending in .xlsx make no lesson. Films (.m4v, .mp4, .webm), Markdown, Word (.docx), "
        "PDF and pictures (.avif, .gif, .jpeg, .jpg, .png, .webp) do."
    )


def test_one_that_is_too_large_answers_413(drop, monkeypatch):
    monkeypatch.setattr(settings, "WAGTAILDOCS_MAX_UPLOAD_SIZE", 20)
    before = written()

    answer = drop("film.mp4", MP4)

    assert (answer.status_code, answer.json()["code"]) == (413, "file_too_large")
    assert written() == before


def test_a_page_called_markdown_brings_no_script_along(drop):
    data = b"<html><body onload='a()'><script>alert(1)</script><p>Words</p><img src=x onerror=b()>"

    lesson = made(drop("page.md", data))

    stored = str(list(lesson.body.raw_data))
    assert "Words" in stored
    assert not any(bad in stored for bad in ("alert", "onload", "onerror", "<script", "<img"))


@pytest.mark.parametrize("who", ["bruno", "dana", "mira"])
def test_nobody_drops_a_file_on_a_foreign_course(request, client, course, who):
    logged_in(client, request.getfixturevalue(who))
    before = written()
    told = {"parent": course.pk, "after": "", "key": str(uuid4())}

    answers = [
        client.post(
            reverse("studio:outline_files", args=[pk]),
            {**told, "file": SimpleUploadedFile("a.md", b"words")},
        ).status_code
        for pk in (course.pk, 987_654)
    ]

    assert answers[0] == answers[1] != 200
    assert written() == before


def test_a_place_in_another_course_is_no_place(drop, bruno):
    foreign = a_course(by=bruno, title="Maps")
    before = written()

    answer = drop("film.mp4", MP4, parent=foreign.pk)

    assert (answer.status_code, answer.json()["code"]) == (409, "place_gone")
    assert written() == before


@pytest.mark.parametrize(
    "told", [{"key": "no uuid"}, {"parent": "x"}, {"after": "-1"}, {"parent": 2**40}]
)
def test_what_is_not_understood_writes_nothing(drop, told):
    before = written()

    answer = drop("a.md", b"words", **told)

    assert (answer.status_code, answer.json()["code"]) == (400, "not_understood")
    assert written() == before


def test_without_a_file_nothing_is_made(client, ada, course):
    address = reverse("studio:outline_files", args=[course.pk])

    answer = logged_in(client, ada).post(address, {"parent": course.pk, "key": str(uuid4())})

    assert (answer.status_code, answer.json()["code"]) == (400, "no_file")


def test_the_screen_says_where_files_go(client, ada, course):
    page = logged_in(client, ada).get(reverse("studio:outline", args=[course.pk]))

    assert page.context["files_url"] == reverse("studio:outline_files", args=[course.pk])


@pytest.mark.parametrize(("limit", "most"), [("MAX_HTML", 60), ("MAX_PARTS", 100)])
def test_a_word_document_that_comes_to_more_than_is_read_is_refused(drop, monkeypatch, limit, most):
    monkeypatch.setattr(word, limit, most)
    before = written()

    answer = drop("Names of rivers.docx", a_docx())

    assert (answer.status_code, answer.json()["code"]) == (400, "too_long")
    assert written() == before


def test_a_text_of_just_the_longest_is_read(drop, monkeypatch):
    text = b"Look up."
    monkeypatch.setattr(files, "MAX_TEXT", len(text))

    lesson = made(drop("a.md", text))

    assert lesson.body.raw_data[0]["value"] == "<p>Look up.</p>"
