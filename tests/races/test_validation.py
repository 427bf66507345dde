"""A draft saves with blanks while a submission is read, in two threads of one process.

Wagtail makes required blocks optional for the draft, on objects that both threads share. The
meeting point lies inside the draft's validation; with the guard the submission waits outside,
without it the submission is read while nothing is required. That is the control.
"""

from contextlib import nullcontext
from itertools import count
from unittest.mock import patch

import pytest
from django.core.exceptions import ValidationError

from courses.blocks import LessonStream, drafts

from .together import Meeting, together

pytestmark = pytest.mark.race


@pytest.fixture
def stream():
    return LessonStream()


def draft_and_submission(stream) -> list:
    """What each got for a text without words: its value, or the error."""
    blank = stream.to_python([{"type": "rich_text", "value": ""}])
    meeting = Meeting()
    text = stream.child_blocks["rich_text"]
    clean, visits = text.clean, count()

    def stay_until_the_other_is_done(value):
        if next(visits) > 0:
            return clean(value)
        meeting.wait()
        cleaned = clean(value)
        meeting.wait()
        return cleaned

    def submission():
        meeting.wait()
        try:
            return stream.clean(blank)
        finally:
            meeting.wait()

    with patch.object(text, "clean", stay_until_the_other_is_done):
        return together(lambda: stream.clean_deferred(blank), submission)


def test_a_submission_is_read_in_full_while_a_draft_saves_with_blanks(stream):
    draft, submission = draft_and_submission(stream)

    assert [str(child.value) for child in draft] == [""]
    assert isinstance(submission, ValidationError)
    assert stream.child_blocks["rich_text"].required


def test_control_without_the_guard_the_blank_passes(stream):
    with patch.object(drafts, "one_at_a_time", nullcontext()):
        _draft, submission = draft_and_submission(stream)

    assert [str(child.value) for child in submission] == [""]
