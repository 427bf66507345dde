"""Words that Unicode's rules alone would take apart, and texts that are sent to harm."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.words.folding import (
    JOINING_SIGNS,
    LONGEST_FORM,
    Form,
    fold,
    fold_letters,
    forms,
    spelt_words,
)
from courses.words.segments import first_words, letters, placed_words, unbreakable, words


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("C#, C++ and C; F♯!", ["C#", "C++", "and", "C", "F♯"]),
        ("(.NET) or ASP.NET", [".NET", "or", "ASP.NET"]),
        ("R&D, Q&A, A/B, I/O, A/B/C", ["R&D", "Q&A", "A/B", "I/O", "A/B/C"]),
        ("TCP/IP and/or he/she", ["TCP", "IP", "and", "or", "he", "she"]),
        (
            "Ｃ＋＋入門 ภาษาC++ はじめてのC#の本",
            ["Ｃ＋＋", "入門", "ภาษา", "C++", "はじめて", "の", "C#", "の", "本"],
        ),
        ("C++17 Notepad++ 3D 3.14", ["C++17", "Notepad++", "3D", "3.14"]),
        ("#tag item#5 a++b end.Then", ["tag", "item", "5", "a", "b", "end.Then"]),
        ("https://a.io/b?c#d", ["https", "a.io", "b", "c", "d"]),
        ("नमस्ते 👨‍👩‍👧 world", ["नमस्ते", "world"]),
    ],
)
def test_words_of_a_text(text, found):
    assert words(text) == found


def test_half_of_a_character_is_no_word_and_stops_nothing():
    assert words("tea \ud800 cup") == ["tea", "cup"]


def test_letters_are_what_readers_count():
    assert letters("कुमार") == ["कु", "मा", "र"]
    assert letters("श्री👨‍👩‍👧e\u0301") == ["श्री", "👨‍👩‍👧", "e\u0301"]


def test_the_first_words_end_behind_the_last_of_them():
    assert first_words("one two, three", 2) == "one two"
    assert first_words("เรียนภาษาไทย", 2) == "เรียนภาษา"
    assert first_words(" one two ", 2) == " one two "


@given(st.text(max_size=60))
def test_any_text_has_words_and_the_database_takes_them(text):
    for start, word in placed_words(text):
        assert len(word) == len(text[start : start + len(word)])
    for form in forms(text):
        for word in (form.text, *form.parts, *form.spellings, *form.within):
            assert word
            assert not set(word) & set("'\\\"\x00 :*|!()<")
            assert all(letter.isprintable() or letter in JOINING_SIGNS for letter in word)
    assert sum(map(len, unbreakable(text))) == len(text)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        # Signs that choose a variant of a character, as in names of people and towns.
        ("葛\U000e0100城市", ["葛城", "城市"]),
        ("葛城市", ["葛城", "城市"]),
        ("中\ufe0f", ["中"]),
        ("か\u3099く", ["がく"]),
        ("漢\u0301a", ["漢", "a"]),
    ],
)
def test_a_mark_on_a_chinese_character_is_no_word_and_parts_none(text, found):
    assert fold(text) == found


@pytest.mark.parametrize(
    ("written", "asked"),
    [
        ("مصطفى", "مصطفي"),
        ("کتابی", "كتابي"),
        ("ہم", "هم"),
        ("مدرسة", "مدرسه"),
        ("مـــدرسة", "مدرسة"),
        ("أحمد إٱآ", "احمد ااا"),
        ("مُعَلِّم", "معلم"),
        ("שָׁלוֹם", "שלום"),
        ("माँ", "मां"),
        ("लड़का", "लडका"),
        ("col·legi", "collegi"),
        ("съёмка", "съемка"),
        ("ß ø ł đ æ œ þ", "ss o l d ae oe th"),
        ("co\u00adope\u200drate", "cooperate"),
        ("२०२६ ٢٠٢٦", "2026 2026"),
        ("Ｐｙｔｈｏｎ", "python"),
        ("\u0301abc", "abc"),  # a mark without a letter
        ("\u093eकाम", "काम"),
    ],
)
def test_one_word_in_two_spellings_is_searched_as_one(written, asked):
    assert fold(written) == fold(asked)
    assert fold(asked)


@pytest.mark.parametrize(
    ("written", "folded"),
    [("Col·legi", "collegi"), ("co\u00adop\u200d", "coop"), ("مـــد", "مد"), ("ÉCOLE", "ecole")],
)
def test_letters_have_one_spelling_without_what_cannot_be_seen(written, folded):
    assert fold_letters(written) == folded


@pytest.mark.parametrize("between", [" ", "、", "。", "\n", "・"])
def test_two_words_that_stand_apart_make_no_pair(between):
    assert fold(f"日本{between}語学") == ["日本", "語学"]


def test_no_word_is_longer_than_the_index_takes():
    assert [len(word) for word in fold("x" * 150 + " " + "é" * 150)] == [LONGEST_FORM] * 2


def test_the_last_of_a_run_begins_no_pair():
    assert [(form.text, form.last) for form in forms("日本語")] == [("日本", ""), ("本語", "語")]


def test_an_article_alone_is_no_article():
    assert [form.spellings for form in forms("الكتاب والكتاب ال الم")] == [
        ("كتاب",),
        ("كتاب",),
        (),
        (),
    ]


def test_a_number_with_dots_is_found_by_its_parts_and_by_no_ending():
    assert list(forms("3.11")) == [Form("3.11", ("3", "11"))]


def test_words_that_hold_two_cannot_be_misspelt_as_one():
    assert list(spelt_words("l'eau Chaude 日本")) == [(6, "Chaude", "chaude")]


@given(st.text(max_size=40))
def test_folding_is_the_same_for_what_was_folded(text):
    for word in fold(text):
        assert fold(word)[:1] == [word] or len(word) >= 100


def test_a_text_that_never_ends_costs_a_step_a_letter():
    """Nothing in the patterns of kept names looks back over what was read."""
    for hostile in ("a" * 20_000, "+" * 20_000, "a/" * 10_000, ".a" * 10_000, "a+" * 10_000):
        assert sum(len(word) for word in words(hostile)) <= 20_000
