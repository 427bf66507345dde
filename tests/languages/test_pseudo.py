"""The two pseudo-languages: every letter changed, and nothing that fills a text in."""

import pytest
from django.utils import translation
from django.utils.formats import get_format
from django.utils.translation import gettext as _

from perfomix.languages import pseudo


@pytest.mark.parametrize(
    ("text", "accented", "mirrored"),
    [
        ("Go", "⟦Ğõ õ⟧", "⟦\u202eĞõ\u202c⟧"),
        ("Start learning", "⟦Ŝťåŕť ĺēåŕñïñğ õñē ť⟧", "⟦\u202eŜťåŕť\u202c \u202eĺēåŕñïñğ\u202c⟧"),
        ("Hi %(name)s, %d%%", "⟦Ĥï %(name)s, %d%% õ⟧", "⟦\u202eĤï\u202c %(name)s, %d%%⟧"),
        ("Hi {name}", "⟦Ĥï {name} õ⟧", "⟦\u202eĤï\u202c {name}⟧"),
        (
            'A <b class="x">&amp; b</b>\n',
            '⟦Å <b class="x">&amp; ƀ</b> õ⟧\n',
            '⟦\u202eÅ\u202c <b class="x">&amp; \u202eƀ\u202c</b>⟧\n',
        ),
    ],
)
def test_letters_change_and_what_fills_a_text_in_stays(text, accented, mirrored):
    assert pseudo.accented(text) == accented
    assert pseudo.mirrored(text) == mirrored


@pytest.mark.parametrize("text", [":", "%(first)s…", "{0} · {1}", "<br>"])
def test_a_text_without_letters_is_no_text(text):
    assert pseudo.accented(text) == pseudo.mirrored(text) == text


def test_an_accented_text_is_a_third_longer():
    text = "Courses by people who do the work. Read the first chapter, buy once, keep it."
    letters = sum(map(str.isalpha, text))
    assert letters // 3 <= len(pseudo.accented(text)) - len(text) - len("⟦ ⟧") <= letters // 3 + 1


@pytest.mark.parametrize("code", [pseudo.ACCENTED, pseudo.MIRRORED])
@pytest.mark.parametrize(
    "text",
    [
        "This field is required.",  # Django's
        "You do not have permission to access the admin.",  # Wagtail's
        "This account is inactive.",  # allauth's
        "My learning",  # ours
    ],
)
def test_texts_of_everybody_are_in_them(code, text):
    with translation.override(code):
        written = _(text)

    assert written.startswith("⟦")
    assert text not in written


def test_the_mirrored_language_runs_from_right_to_left():
    with translation.override(pseudo.MIRRORED):
        assert translation.get_language_bidi()
    with translation.override(pseudo.ACCENTED):
        assert not translation.get_language_bidi()


@pytest.mark.parametrize("code", [pseudo.ACCENTED, pseudo.MIRRORED])
def test_dates_are_written_as_in_english(code):
    assert get_format("DATE_FORMAT", lang=code) == get_format("DATE_FORMAT", lang="en")
