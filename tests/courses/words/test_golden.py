"""Words of twenty languages: found, counted and folded."""

import pytest

from courses.words.folding import fold
from courses.words.reading import count_words
from courses.words.segments import letters, placed_words, words
from tests.courses.words.golden import GOLDEN

by_language = pytest.mark.parametrize("sample", GOLDEN, ids=lambda sample: sample.language)


def test_the_table_holds_twenty_languages():
    assert len({sample.language for sample in GOLDEN}) >= 20


@by_language
def test_words_are_found(sample):
    assert words(sample.text) == sample.words
    assert count_words(sample.text) == len(sample.words)


@by_language
def test_a_word_stands_where_it_is_said_to_stand(sample):
    for start, word in placed_words(f"😀 {sample.text}"):
        assert f"😀 {sample.text}"[start : start + len(word)] == word


@by_language
def test_words_are_folded(sample):
    assert fold(sample.text) == sample.folded
    assert fold(sample.text.upper()) == sample.folded


@by_language
def test_folding_twice_changes_nothing(sample):
    for word in sample.folded:
        assert fold(word) == [word]


@by_language
def test_no_letter_is_cut_by_a_word(sample):
    whole = set(letters(sample.text))
    for word in words(sample.text):
        assert set(letters(word)) <= whole
