"""Which of the nine conditions a field of a course belongs to."""

import pytest

from courses.checks.conditions import Condition, condition_of


@pytest.mark.parametrize(
    ("field", "condition"),
    [
        ("title", Condition.TITLE),
        ("subtitle", Condition.SUBTITLE),
        ("description", Condition.DESCRIPTION),
        ("category", Condition.CATEGORY),
        ("what_you_will_learn.2", Condition.WHOM),
        ("requirements.3", Condition.WHOM),
        ("level", Condition.WHOM),
        ("language", Condition.WHOM),
        ("price", Condition.PRICE),
        ("currency", Condition.PRICE),
        ("structure_type", Condition.STRUCTURE),
    ],
)
def test_each_field_of_a_course_belongs_to_one_condition(field, condition):
    assert condition_of(field) == condition
