"""What is said of a file whose content is not what its name promises."""

import zipfile
from contextlib import suppress
from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from hypothesis import given
from hypothesis import strategies as st

from courses.files.gate import SNIFFED, check_content
from tests.media import PDF, VTT
from tests.media import picture as a_picture

PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 32


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("notes.md", PNG, "This is not a text file, though its name ends in .md."),
        ("tool.exe", b"MZ", "Files ending in .exe cannot be uploaded."),
        ("nameless", b"MZ", "Files ending in .? cannot be uploaded."),
        (
            "seam.jpg",
            PNG,
            "The content of this file is not .jpg. Save it in that format and try again.",
        ),
    ],
)
def test_a_file_that_is_not_what_its_name_says_is_refused(name, content, sentence):
    with pytest.raises(ValidationError) as refusal:
        check_content(ContentFile(content, name=name))

    assert refusal.value.messages == [sentence]


def test_a_file_that_is_what_its_name_says_passes_and_is_left_at_its_beginning():
    picture = ContentFile(a_picture(), name="seam.png")

    check_content(picture)

    assert picture.read(4) == PNG[:4]


def test_a_document_whose_list_of_entries_would_fill_the_memory_is_not_opened(monkeypatch):
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("word/document.xml", b"<w/>")
        for number in range(40):
            archive.writestr(f"{number}/" + "a" * 200, b"")
    data = stream.getvalue()
    check_content(ContentFile(data, name="pattern.docx"))

    monkeypatch.setattr("courses.files.packed.LONGEST_LIST", 4_000)
    monkeypatch.setattr("zipfile.ZipFile", None)
    with pytest.raises(ValidationError) as refusal:
        check_content(ContentFile(data, name="pattern.docx"))

    assert refusal.value.messages == [
        "The content of this file is not .docx. Save it in that format and try again."
    ]


def a_word_file(**others: bytes) -> bytearray:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in ({"word/document.xml": b"<w/>"} | others).items():
            archive.writestr(name, content)
    return bytearray(stream.getvalue())


def refuses_to_open(content: bytes) -> None:
    with pytest.raises(ValidationError) as refusal:
        check_content(ContentFile(bytes(content), name="pattern.docx"))
    assert refusal.value.messages == [
        "The content of this file is not .docx. Save it in that format and try again."
    ]


def test_a_short_archive_inside_does_not_speak_for_the_list_of_the_whole(monkeypatch):
    inner = bytes(a_word_file())
    names = {f"{number}/" + "a" * 200: b"" for number in range(40)}
    whole = a_word_file(**names, **{"inner.zip": inner})
    check_content(ContentFile(bytes(whole), name="pattern.docx"))

    monkeypatch.setattr("courses.files.packed.LONGEST_LIST", 4_000)

    refuses_to_open(whole)


def test_an_archive_that_leads_to_a_longer_list_of_entries_is_not_opened():
    refuses_to_open(a_word_file(**{"notes.txt": b"PK\x06\x07"}))


def test_the_longest_comment_on_an_archive_hides_nothing():
    stream = BytesIO(a_word_file())
    with zipfile.ZipFile(stream, "a") as archive:
        archive.comment = b"c" * 65_535

    check_content(ContentFile(stream.getvalue(), name="pattern.docx"))


def test_a_document_with_a_password_is_refused():
    locked = a_word_file()
    for mark, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        locked[locked.index(mark) + flags] |= 1

    refuses_to_open(locked)


def test_a_document_damaged_where_it_is_packed_is_refused():
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", b"application/epub+zip" * 9)
    damaged = bytearray(stream.getvalue())
    start = damaged.index(b"mimetype") + len("mimetype")
    damaged[start : start + 4] = b"\xff" * 4

    with pytest.raises(ValidationError) as refusal:
        check_content(ContentFile(bytes(damaged), name="book.epub"))

    assert refusal.value.messages == [
        "The content of this file is not .epub. Save it in that format and try again."
    ]


@pytest.mark.parametrize(
    "mark",
    [b"<html>", b"<SCRIPT>", b"<!DOCTYPE html>", b"<Svg ", b"<iframe>", b"<body>", b"<?PHP"],
)
def test_a_file_that_is_a_page_or_a_program_besides_is_refused(mark):
    with pytest.raises(ValidationError) as refusal:
        check_content(ContentFile(PDF[:9] + mark, name="pattern.pdf"))

    assert refusal.value.messages == [
        "This file is .pdf and a page, a program or an archive besides."
    ]


def test_words_behind_what_browsers_look_at_make_no_page():
    far = PDF[:9].ljust(SNIFFED, b" ")

    check_content(ContentFile(far + b"<html>", name="pattern.pdf"))

    with pytest.raises(ValidationError):
        check_content(ContentFile(far[: -len(b"<html>")] + b"<html>", name="pattern.pdf"))


def test_captions_may_be_as_long_as_captions_are_and_no_longer(monkeypatch):
    monkeypatch.setattr("courses.files.gate.LONGEST_CAPTIONS", len(VTT))
    check_content(ContentFile(VTT, name="words.vtt"))

    with pytest.raises(ValidationError) as refusal:
        check_content(ContentFile(VTT + b"\n", name="words.vtt"))

    assert refusal.value.messages == ["This caption file is too long to be captions."]


def test_captions_are_left_at_their_beginning():
    words = ContentFile(VTT, name="words.vtt")

    check_content(words)

    assert words.read() == VTT


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "WEBP", "AVIF"])
def test_a_picture_is_decoded_to_its_end(kind):
    whole = a_picture(kind=kind, size=(120, 90))
    name = f"seam.{kind.lower()}"
    check_content(ContentFile(whole, name=name))
    for cut in (len(whole) // 2, len(whole) * 3 // 4):
        with pytest.raises(ValidationError) as refusal:
            check_content(ContentFile(whole[:cut], name=name))
        assert refusal.value.messages == ["This picture is broken. Save it again and retry."]


@given(st.data())
def test_a_damaged_picture_is_taken_or_refused_but_never_an_error(data):
    kind = data.draw(st.sampled_from(["PNG", "JPEG", "GIF", "WEBP"]))
    content = bytearray(a_picture(kind=kind, size=(16, 12)))
    for at in data.draw(st.lists(st.integers(8, len(content) - 1), max_size=6)):
        content[at] = data.draw(st.integers(0, 255))
    with suppress(ValidationError):
        check_content(ContentFile(bytes(content), name=f"seam.{kind.lower()}"))
