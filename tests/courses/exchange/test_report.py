"""The report accounts for every component once."""

import json

import pytest

from courses.exchange.neutral import (
    ImportedChapter,
    ImportedComponent,
    ImportedCourse,
    ImportedLesson,
    Outcome,
)
from courses.exchange.report import Report

from .exports import COMPONENTS, LESSONS


@pytest.fixture
def report(read):
    return Report(read())


def test_the_outcomes_add_up_to_the_components(report):
    told = report.as_dict()
    assert told["counts"] == {
        "chapters": 2,
        "sections": 2,
        "lessons": LESSONS,
        "components": COMPONENTS,
    }
    assert sum(told["outcomes"].values()) == COMPONENTS == len(told["components"])
    assert told["outcomes"] == {"imported": 11, "degraded": 12, "left out": 12}


def test_the_kinds_add_up_too(report):
    told = report.as_dict()
    assert sum(sum(outcomes.values()) for outcomes in told["kinds"].values()) == COMPONENTS
    assert told["kinds"]["video"] == {"degraded": 1, "imported": 2, "left out": 1}


def test_whatever_did_not_come_whole_has_a_reason(report):
    for line in report.as_dict()["components"]:
        assert bool(line["reasons"]) == (line["outcome"] != Outcome.IMPORTED.value)


@pytest.mark.parametrize(
    ("source_id", "outcome", "reason"),
    [
        ("lost", "left out", "its file is not in the archive"),
        ("styles", "left out", "only scripts and styles, nothing to read"),
        ("widget", "left out", "a small widget that worked only through its script"),
        ("blank", "left out", "it names no video"),
        ("kinds_broken", "left out", "its XML cannot be read"),
        ("kinds_drawn", "left out", "an exercise checked by a program of its own"),
        ("pool", "degraded", "everything in it is shown, not a random choice of it"),
        ("maybe", "degraded", "what it showed on a condition is shown to everybody"),
        ("ways", "degraded", "each of its versions became a lesson, shown to everybody"),
        ("p", "degraded", "a poll became a question to think about"),
        ("s", "degraded", "a survey became questions to think about"),
        ("essay", "degraded", "an answer can be written but not handed in"),
        ("poem", "degraded", "remarks on the text follow it as a list"),
        ("d", "left out", "a discussion has no counterpart here"),
        ("ok", "left out", "a button to mark work as done"),
        ("tool", "left out", "a tool of another site has no counterpart here"),
        ("odd", "left out", "an activity of the kind “teaspoon” has no counterpart here"),
    ],
)
def test_each_kind_says_what_became_of_it(report, source_id, outcome, reason):
    line = next(line for line in report.as_dict()["components"] if line["source_id"] == source_id)
    assert line["outcome"] == outcome
    assert any(told.startswith(reason) for told in line["reasons"])


def test_the_report_is_json_and_text(report):
    assert json.loads(json.dumps(report.as_dict()))["title"] == "Tea, from leaf to cup"
    text = report.as_text()
    assert "2 chapters, 2 sections, 8 lessons, 35 components: 11 imported" in text
    assert "The leaf › Six kinds of tea › Oddments › discussion “Talk”" in text
    assert "Left out (12):" in text


def test_what_only_some_learners_saw_is_told(read):
    some = (
        '<html group_access="{&quot;1&quot;: [2]}" display_name="For one group" filename="intro"/>'
    )
    told = Report(read(**{"html/intro.xml": some})).as_dict()
    line = next(line for line in told["components"] if line["source_id"] == "intro")
    assert "only some groups of learners saw it in the original" in line["reasons"]


def test_the_text_names_all_that_did_not_come_whole_and_what_stayed_behind():
    whole, cut, lost = (
        ImportedComponent("html", "a", "Leaves"),
        ImportedComponent("html", "b", ""),
        ImportedComponent("poll", "c", "Vote"),
    )
    cut.degrade("a text was shortened")
    cut.degrade("a link was lost")
    cut.remark("it counted 2 points")
    lost.leave_out("polls have no counterpart here")
    green = ImportedLesson("Green", "l", [whole, cut, lost])
    kinds, empty = ImportedChapter("Kinds", "s", lessons=[green]), ImportedChapter("Later", "t")
    leaf = ImportedChapter("Leaf", "k", chapters=[kinds, empty])
    course = ImportedCourse("Tea", chapters=[leaf], notes=["English was set."])

    assert (
        Report(course).as_text()
        == """\
Tea
1 chapter, 2 sections, 1 lesson, 3 components: 1 imported, 1 degraded, 1 left out

  html: 1 imported, 1 degraded
  poll: 1 left out

About the whole course:
  English was set.

Degraded (1):
  Leaf › Kinds › Green › html “b”
    a text was shortened; a link was lost

Left out (1):
  Leaf › Kinds › Green › poll “Vote”
    polls have no counterpart here

Remarks (1):
  Leaf › Kinds › Green › html “b”
    it counted 2 points
"""
    )
