"""What is said of a file whose content is not what its name promises."""

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile

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
