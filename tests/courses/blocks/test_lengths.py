"""The length of a film is written as people write it, and kept as seconds."""

import pytest
from django.core.exceptions import ValidationError

from courses.blocks.lengths import LengthBlock
from courses.blocks.media import VideoBlock
from courses.wording.durations import format_clock, read_clock

WRONG = "Write minutes and seconds, such as 7:42."


@pytest.mark.parametrize(
    ("written", "seconds"),
    [("7:42", 462), (" 0:07 ", 7), ("1:04:09", 3849), ("90:00", 5400), ("462", 462)],
)
def test_a_length_is_read_as_minutes_and_seconds(written, seconds):
    block = LengthBlock(required=False, min_value=1, max_value=86_400)

    assert block.clean(block.value_from_form(written)) == seconds
    assert read_clock(format_clock(seconds)) == seconds


@pytest.mark.parametrize("written", ["7:60", "7.42", "seven", "1:2:3:4", "-1:00", "7:", "1:99:00"])
def test_what_is_no_length_is_refused_with_an_example(written):
    with pytest.raises(ValidationError) as refused:
        LengthBlock().clean(written)

    assert refused.value.messages == [WRONG]


def test_the_editor_shows_minutes_and_seconds_again():
    block = VideoBlock().child_blocks["duration"]

    assert block.get_form_state(462) == "7:42"
    assert block.get_form_state(None) is None


def test_a_length_of_none_is_left_out():
    block = VideoBlock().child_blocks["duration"]

    assert block.clean(block.value_from_form("")) is None


@pytest.mark.parametrize(
    ("written", "told"),
    [("24:00:01", "It takes at most 24:00:00."), ("0:00", "It takes at least 0:01.")],
)
def test_a_length_out_of_bounds_is_refused_as_it_is_written(written, told):
    with pytest.raises(ValidationError) as refused:
        VideoBlock().child_blocks["duration"].clean(written)

    assert refused.value.messages == [told]
