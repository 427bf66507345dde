"""How long a text takes, by its script."""

import math

import pytest

from courses.models import LessonPage
from courses.words.reading import Amount, count_words, measure

# A text of each script, and the minutes that a thousand of it take, rounded.
THOUSAND = {
    "word ": 5,  # words, 200 a minute
    "слово ": 5,
    "كلمة ": 5,
    "शब्द ": 5,
    "말을 ": 5,
    "ภาษา": 5,  # no spaces, and words all the same
    "ພາສາ": 5,
    "学习地图": 16,  # four characters each, 255 a minute
    "地図を読む": 14,  # five characters, 357 a minute
}


@pytest.mark.parametrize("text", THOUSAND)
def test_a_thousand_take(text):
    assert round(measure(text * 1000).minutes) == THOUSAND[text]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("学" * 3000, 12),
        ("茶を飲む" * 750, 9),
        ("เรียนภาษา" * 333, 4),  # 3,000 characters, 666 words
        ("word " * 400, 2),
        ("चाय " * 400, 2),
    ],
)
def test_a_lesson_takes_as_long_as_its_words(text, minutes):
    lesson = LessonPage(title="Words", body=[("rich_text", f"<p>{text}</p>")])

    assert lesson.derived_minutes == minutes


@pytest.mark.django_db
def test_a_lesson_without_anything_takes_no_time_unless_its_author_says_so():
    lesson = LessonPage(title="Words", body=[])
    assert (lesson.derived_minutes, lesson.estimated_duration) == (0, 0)

    lesson.minutes = 20
    assert lesson.estimated_duration == 20


def test_a_lesson_in_two_scripts_takes_the_time_of_both():
    both = measure("学" * 255 + " " + "word " * 200)

    assert (both.words, both.characters) == (200, 255)
    assert math.isclose(both.minutes, 2)


def test_one_kana_in_a_chinese_text_does_not_make_it_japanese():
    assert measure("学" * 99 + "の").minutes == pytest.approx(100 / 255)


def test_characters_of_half_width_are_characters():
    assert measure("ｶﾀｶﾅ") == Amount(0, 4, 4)


def test_signs_are_no_words():
    assert count_words("— … 1, 2; C++!") == 3
    assert count_words("") == 0
