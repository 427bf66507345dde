"""Facts in a row: one way to say how much there is."""

import pytest
from django.template import Context, Template
from django.utils.safestring import mark_safe

from courses.wording.facts import extent, in_a_row


@pytest.mark.parametrize(
    ("holds", "told"),
    [
        ({}, ""),
        ({"chapters": 0, "lessons": 4, "minutes": 180}, "4 lessons, 3\u00a0h"),
        ({"chapters": 1, "lessons": 1, "minutes": 0}, "1 chapter, 1 lesson"),
        (
            {"chapters": 3, "lessons": 1204, "minutes": 580},
            "3 chapters, 1,204 lessons, 9\u00a0h\u00a040\u00a0min",
        ),
        ({"minutes": 45}, "45\u00a0min"),
    ],
)
def test_nothing_is_said_of_what_there_is_none_of(holds, told):
    assert extent(**holds) == told


def test_an_empty_fact_takes_its_comma_with_it():
    assert in_a_row("5 min", "", "open") == "5 min, open"
    assert in_a_row("", "") == ""


def test_facts_in_a_template_are_escaped_once():
    shown = Template("{% load interface %}{% facts name made quiz|when:0 quiz|when:1 %}").render(
        Context({"name": "Ada & Bob <b>", "made": mark_safe("Ink &amp; paper"), "quiz": "quiz"})
    )

    assert shown == "Ada &amp; Bob &lt;b&gt;, Ink &amp; paper, quiz"
