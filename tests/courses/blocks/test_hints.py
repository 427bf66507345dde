"""Hints of a question: at most five, and none that says nothing."""

import pytest
from django.core.exceptions import ValidationError

from courses.blocks.questions import MOST_HINTS, hints_block
from courses.blocks.streams import LessonStream


def test_a_question_takes_five_hints_and_not_six():
    block = hints_block()

    def given(number: int):
        return block.to_python([f"<p>Hint {n}</p>" for n in range(number)])

    assert MOST_HINTS == 5
    assert len(block.clean(given(5))) == 5
    with pytest.raises(ValidationError):
        block.clean(given(6))


def test_a_hint_that_says_nothing_is_shown_to_nobody():
    block = LessonStream().child_blocks["single_choice"]
    options = [{"text": "One", "correct": True, "feedback": ""}]
    value = block.to_python(
        {"question": "<p>?</p>", "options": options, "hints": ["", "<p>Count.</p>"]}
    )

    assert [hint.source for hint in value.hint_list] == ["<p>Count.</p>"]
