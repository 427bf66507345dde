"""What can be printed is known without opening a font, and what cannot is said."""

import pytest
from fontTools.ttLib import TTFont

from courses.checks.reading import check_draft
from courses.errors import SubmissionRefused
from courses.models import CourseRelease
from courses.printing import printable, unprintable, unprintable_words
from courses.printing.faces import COVERAGE, FONTS
from courses.releases import submit_course
from tests.builders import a_course

from .lines import LINES

CUNEIFORM = "𒀀"  # a script that no font of ours has
UNASSIGNED = "\u0378"
TOLD = (
    "This character cannot be printed on a certificate: 𒀀 (U+12000). Please write it another way."
)


def test_the_list_of_characters_is_that_of_the_fonts():
    held = set()
    for file in (*FONTS.glob("*.ttf"), *FONTS.glob("*.otf")):
        held |= set(TTFont(file, lazy=True).getBestCmap())

    listed = set()
    for line in COVERAGE.read_text().split():
        first, last = (int(end, 16) for end in line.split("-"))
        listed |= set(range(first, last + 1))

    assert listed == held


@pytest.mark.parametrize("name", LINES)
def test_every_script_that_we_offer_can_be_printed(name):
    assert unprintable(LINES[name]) == []
    assert printable(LINES[name]) == LINES[name]


@pytest.mark.parametrize(
    "text",
    [
        "".join(map(chr, range(0x4E00, 0x9FA6))),  # every Chinese character of Unicode 1
        "".join(map(chr, range(0xAC00, 0xD7A4))),  # every syllable of Korean
        "ẞ ƀ Ǿ ẵ ỹ ə ŋ",
        "① ※ ★ → ∈ ≤ ℃ ♪ € ₹ № ½",
    ],
)
def test_rare_letters_of_names_can_be_printed(text):
    assert unprintable(text) == []


def test_what_no_font_has_is_named_once_and_shown_as_missing():
    text = f"Ada {CUNEIFORM}{CUNEIFORM}{UNASSIGNED}"

    assert unprintable(text) == [CUNEIFORM, UNASSIGNED]
    assert printable(text) == "Ada □□□"
    assert unprintable("□") == []


def test_it_is_said_in_words():
    assert unprintable_words("Ada") == ""
    assert unprintable_words(CUNEIFORM) == TOLD
    assert unprintable_words(CUNEIFORM + UNASSIGNED) == (
        "These characters cannot be printed on a certificate: 𒀀 (U+12000), \u0378 (U+0378). "
        "Please write them another way."
    )


@pytest.mark.django_db
def test_a_title_that_cannot_be_printed_is_not_submitted(ada):
    course = a_course(by=ada)
    course.title = f"Reading {CUNEIFORM}"
    course.save_revision(clean=False)

    problems = [str(problem) for problem in check_draft(course).problems]
    with pytest.raises(SubmissionRefused):
        submit_course(course=course, user=ada)

    assert problems == [f"The course: Title: {TOLD}"]
    assert not CourseRelease.objects.exists()
