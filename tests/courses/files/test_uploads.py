"""What is said of a file whose content is not what its name promises."""

import zipfile
from contextlib import suppress
from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from hypothesis import given
from hypothesis import strategies as st

from courses.files.gate import check_content
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
