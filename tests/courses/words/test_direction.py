"""Which way a language is written."""

import pytest

from courses.models import Language
from courses.words.direction import direction_of, isolated


@pytest.mark.parametrize("language", ["ar", "he", "fa", "ur", "ar-EG", "ar_EG", "az_Arab", "ckb"])
def test_languages_written_from_right_to_left(language):
    assert direction_of(language) == "rtl"


@pytest.mark.parametrize("language", ["en", "de", "hi", "ja", "zh-hans", "az", "th", "pt-BR"])
def test_languages_written_from_left_to_right(language):
    assert direction_of(language) == "ltr"


@pytest.mark.parametrize("language", ["", "xx", "no language", "\x00", "a" * 300])
def test_what_is_no_language_runs_from_left_to_right(language):
    assert direction_of(language) == "ltr"


def test_every_language_of_instruction_has_its_direction():
    to_the_left = {code for code in Language.values if direction_of(code) == "rtl"}

    assert to_the_left == {"ar", "fa", "he", "ur"} & set(Language.values)


@pytest.mark.parametrize(
    ("text", "within"),
    [
        ("Maps for walkers, 2026", "ltr"),
        ("Карты", "ltr"),
        ("地図", "ltr"),
        ("خرائط ٢٠٢٦", "rtl"),
        ("מפות", "rtl"),
        ("2026 – 14:30", "rtl"),
        ("", "rtl"),
    ],
)
def test_words_that_run_with_their_sentence_stand_in_it_as_they_are(text, within):
    assert isolated(text, within=within) == text


@pytest.mark.parametrize(
    ("text", "within"),
    [("خرائط", "ltr"), ("מפות", "ltr"), ("Maps (خرائط)", "ltr"), ("Maps", "rtl"), ("地図", "rtl")],
)
def test_words_that_run_the_other_way_are_parted_from_their_sentence(text, within):
    assert isolated(text, within=within) == f"\u2068{text}\u2069"
