"""Where a text may end."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.words.cutting import MORE, clip, shorten, whole_sentences
from courses.words.segments import letters

FAMILY = "👨‍👩‍👧"  # one letter of five code points
LETTERS = ["a", "b", " ", "é", "e\u0301", "कु", "श्री", "น้ำ", FAMILY, "語", "。", "م", "-"]
TEXTS = st.lists(st.sampled_from(LETTERS), max_size=30).map("".join)


@pytest.mark.parametrize(
    ("text", "most", "kept"),
    [
        ("कुमार", 5, "कुमार"),
        ("कुमार", 3, "कु"),
        ("कुमार", 2, "कु"),
        (f"a{FAMILY}b", 6, f"a{FAMILY}"),
        (f"a{FAMILY}b", 5, "a"),
        ("e\u0301" * 3, 3, "e\u0301"),
        ("x" * 300, 255, "x" * 255),
        ("e" + "\u0301" * 300, 255, "e" + "\u0301" * 254),  # one letter longer than the field
        ("", 3, ""),
    ],
)
def test_a_text_is_clipped_between_letters(text, most, kept):
    assert clip(text, most) == kept


@pytest.mark.parametrize(
    ("text", "most", "kept"),
    [
        ("Hello wide world of words", 12, "Hello wide…"),
        ("Hello wide world", 16, "Hello wide world"),
        ("Hello wide world", 11, "Hello wide…"),  # the space behind a word takes no room
        ("x" * 30, 10, "x" * 9 + "…"),
        ("A " + "x" * 30, 10, "A " + "x" * 7 + "…"),
        ("สวัสดีครับผมชื่อสมชาย", 12, "สวัสดีครับ…"),
        ("地図を読む方法、学びましょう", 8, "地図を読む方…"),  # not before a comma
        ("घर पर चाय बनाना", 11, "घर पर चाय…"),
        ("a-" * 20, 10, "a-a-a-a-…"),
    ],
)
def test_what_is_shown_ends_where_a_line_may(text, most, kept):
    assert shorten(text, most) == kept


@given(TEXTS, st.integers(10, 30))
def test_no_text_is_longer_than_its_bound_or_ends_within_a_letter(text, most):
    for cut in (clip(text, most), shorten(text, most).removesuffix(MORE)):
        assert len(cut) <= most
        assert letters(text)[: len(letters(cut))] == letters(cut)


@pytest.mark.parametrize(
    ("text", "most", "kept"),
    [
        ("One. Two! Three?", 10, "One. Two!"),
        ("One. Two! Three?", 9, "One. Two!"),
        ("One. Two! Three?", 8, "One."),
        ("地図を読む。谷を描く。終わり。", 12, "地図を読む。谷を描く。"),
        ("पहला। दूसरा। तीसरा।", 13, "पहला। दूसरा।"),
        ("هل تقرأ؟ نعم. انتهى.", 14, "هل تقرأ؟ نعم."),
        ("Much too long a sentence.", 10, ""),
        ("", 10, ""),
    ],
)
def test_whole_sentences_that_fit(text, most, kept):
    assert whole_sentences(text, most) == kept
