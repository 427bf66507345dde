"""A title in a sentence of ours, in whatever language the sentence is."""

import pytest
from django.utils import translation

from courses.wording.apart import apart


@pytest.mark.parametrize(
    ("language", "text", "told"),
    [
        ("en", "Maps", "Maps"),
        ("en", "خرائط", "\u2068خرائط\u2069"),
        ("ar", "خرائط", "خرائط"),
        ("ar", "Maps", "\u2068Maps\u2069"),
    ],
)
def test_a_title_is_parted_from_a_sentence_that_runs_the_other_way(language, text, told):
    with translation.override(language):
        assert apart(text) == told


def test_without_a_language_sentences_run_from_left_to_right():
    with translation.override(None):
        assert apart("Maps") == "Maps"
        assert apart("خرائط") == "\u2068خرائط\u2069"
