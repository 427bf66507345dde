"""A moderator reads the same words for the kind of a lesson as a learner."""

import pytest
from django.template.loader import render_to_string

from courses.models import LessonKind
from courses.templatetags.reviews import kind_word


@pytest.mark.parametrize("kind", LessonKind)
def test_a_kind_of_lesson_is_called_what_learners_read(kind):
    told = render_to_string("learners/study/kind.html", {"number": "2.1", "kind": kind})

    assert told.split() == ["Lesson", "2.1,", *kind_word(kind).split()]
