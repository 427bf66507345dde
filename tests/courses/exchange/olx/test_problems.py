"""Choice problems become questions; the rest says why not."""

import time
from html import escape
from xml.etree.ElementTree import fromstring

import pytest

from courses.exchange.formats.olx.links import Links
from courses.exchange.formats.olx.problems import read_problem
from courses.exchange.neutral import (
    Heading,
    ImportedComponent,
    NeutralOption,
    NeutralQuestion,
    Note,
    Outcome,
    Prose,
)
from tests.courses.exchange.exports import CONTENT

from .test_markup import SomeAssets


def read(xml, title="A problem"):
    component = ImportedComponent(kind="problem", source_id="p", title=title)
    read_problem(component, fromstring(xml), Links({}, SomeAssets()))
    return component


def questions(component):
    return [piece for piece in component.pieces if isinstance(piece, NeutralQuestion)]


def single(inner, text="What?"):
    return read(
        f"<problem><multiplechoiceresponse><label>{text}</label><choicegroup>{inner}"
        "</choicegroup></multiplechoiceresponse></problem>"
    )


def test_a_single_choice_keeps_its_feedback_and_explanation():
    component = read(
        """<problem><p>About water.</p><p>How hot?</p><multiplechoiceresponse><choicegroup>
        <choice correct="false">100 °C <choicehint>Too hot.</choicehint></choice>
        <choice correct="true">80 °C</choice></choicegroup></multiplechoiceresponse>
        <solution><div><p>Explanation</p><p>Leaves are <b>tender</b>.</p></div></solution>
        </problem>"""
    )
    assert component.outcome is Outcome.IMPORTED
    assert component.pieces == [
        Prose("<p>About water.</p>"),
        NeutralQuestion(
            "single",
            "<p>How hot?</p>",
            [NeutralOption("100 °C", False, "Too hot."), NeutralOption("80 °C", True)],
            "<p>Leaves are <b>tender</b>.</p>",
        ),
    ]


def test_feedback_on_what_was_not_chosen_and_on_combinations_joins_the_explanation():
    component = read(CONTENT["problem/kinds_check.xml"])
    (question,) = component.pieces
    assert question.hints == ["<p>One is a shrub of its own.</p>"]
    assert question.kind == "multiple"
    assert question.text == "<p>Which of these are teas?</p><p>Choose two.</p>"
    assert [(option.text, option.correct, option.feedback) for option in question.options] == [
        ("Green", True, "Yes."),
        ("Black", True, ""),
        ("Rooibos", False, ""),
    ]
    assert component.outcome is Outcome.IMPORTED
    assert question.explanation == (
        "<p>If “Green” is not chosen: Green too.</p>"
        "<p>If exactly these are chosen, “Green”, “Black”: Both.</p>"
    )
    assert component.reasons == []


def test_several_responses_become_several_questions_and_the_odd_one_is_told():
    component = read(CONTENT["problem/kinds_many.xml"])
    assert [question.text for question in questions(component)] == [
        "<p>Where is Assam?</p>",
        "<p>Where is Uji?</p>",
    ]
    assert component.pieces[-2:] == [Prose("<p>And Kericho?</p>"), Note("<p>Kenya</p>", "Answer")]
    assert component.reasons == [
        "one part, an exercise answered in words (stringresponse), is not checked here"
    ]


def test_true_or_false_is_known_by_its_options():
    (question,) = questions(read(CONTENT["problem/kinds_truth.xml"]))
    assert question.kind == "true_false"
    assert question.options == [
        NeutralOption("True", True, "For days."),
        NeutralOption("False", False),
    ]


def test_dropdowns_in_a_table_are_named_by_row_and_column():
    component = read(CONTENT["problem/kinds_table.xml"])
    assert component.pieces[0] == Prose("<p>Match them.</p><p>Tea · Country</p>")
    assert [question.text for question in questions(component)] == [
        "<p>Sencha: Country</p>",
        "<p>Keemun: Country</p>",
    ]


@pytest.mark.parametrize(
    ("line", "label"), [("How many mW?", "How many MW?"), ("When is x < 2?", "When is x > 2?")]
)
def test_a_label_that_differs_from_the_line_above_by_case_or_a_sign_leaves_the_line(line, label):
    component = read(f"""<problem><p>{escape(line)}</p><multiplechoiceresponse>
        <label>{escape(label)}</label><choicegroup><choice correct="true">a</choice>
        <choice correct="false">b</choice></choicegroup></multiplechoiceresponse></problem>""")
    prose, question = component.pieces
    assert (prose.html, question.text) == (f"<p>{escape(line)}</p>", f"<p>{escape(label)}</p>")


def test_a_label_that_repeats_the_line_above_is_shown_once():
    component = read(
        """<problem><p>Pick:</p><p>Which is green?</p><optionresponse>
        <optioninput label="Which is green?" options="('Sencha', 'Assam')" correct="Sencha"/>
        </optionresponse></problem>"""
    )
    assert component.pieces[0] == Prose("<p>Pick:</p>")
    assert questions(component)[0].text == "<p>Which is green?</p>"


def test_a_heading_can_be_the_question():
    component = read(
        """<problem><h3>Which is green?</h3><optionresponse>
        <optioninput options="('Sencha', 'Assam')" correct="Sencha"/></optionresponse></problem>"""
    )
    assert not any(isinstance(piece, Heading) for piece in component.pieces)
    assert questions(component)[0].text == "<p>Which is green?</p>"


def test_dropdown_options_may_hold_apostrophes_and_commas():
    component = read(
        """<problem><optionresponse><label>x</label><optioninput
        options="('It\\'s green', 'black, or red')" correct="It's green"/></optionresponse>
        </problem>"""
    )
    assert [option.text for option in questions(component)[0].options] == [
        "It's green",
        "black, or red",
    ]


def test_dropdown_options_that_are_badly_written_are_read_as_far_as_they_go():
    component = read(
        """<problem><optionresponse><label>x</label><optioninput
        options="'Sencha', 'Assam', and 'Puer" correct="Assam"/></optionresponse></problem>"""
    )
    assert [option.text for option in questions(component)[0].options] == [
        "Sencha",
        "Assam",
        "Puer",
    ]


def test_a_quote_that_nothing_closes_is_read_once():
    written = "'" + "\\'" * 250_000
    begun = time.process_time()

    component = read(f"""<problem><optionresponse><label>x</label><optioninput
        options="{written}" correct="a"/></optionresponse></problem>""")

    assert component.outcome is Outcome.LEFT_OUT
    assert time.process_time() - begun < 15  # it took hours


def test_targeted_feedback_reaches_its_option():
    component = read(
        """<problem><multiplechoiceresponse><label>x</label><choicegroup>
        <choice correct="false" explanation-id="a">One</choice><choice correct="true">Two</choice>
        </choicegroup><targetedfeedbackset><targetedfeedback explanation-id="a">Not one.
        </targetedfeedback></targetedfeedbackset></multiplechoiceresponse></problem>"""
    )
    assert questions(component)[0].options[0].feedback == "Not one."


TWO_RIGHT = '<choice correct="true">a</choice><choice correct="true">b</choice>'
NONE_RIGHT = '<choice correct="false">a</choice><choice correct="false">b</choice>'
ONE_OPTION = '<choice correct="true">a</choice>'
SAME_WORDS = '<choice correct="true">Tea</choice><choice correct="false"> Tea </choice>'


@pytest.mark.parametrize(
    ("choices", "reason"),
    [
        (TWO_RIGHT, "a question with one choice but 2 right options was left out"),
        (NONE_RIGHT, "a question with one choice but 0 right options was left out"),
        (ONE_OPTION, "a question with fewer than two options was left out"),
        (SAME_WORDS, "a question whose options cannot be told apart was left out"),
    ],
)
def test_questions_that_cannot_be_asked_are_left_out_with_the_reason(choices, reason):
    component = single(choices)
    assert component.outcome is Outcome.LEFT_OUT
    assert component.reasons == [reason]
    assert [piece.title for piece in component.pieces] == ["Not in this version"]


def test_options_that_a_script_fills_in_are_left_out():
    component = read(CONTENT["problem/kinds_random.xml"])
    assert (component.outcome, component.reasons) == (
        Outcome.LEFT_OUT,
        ["its numbers or words come from a script"],
    )


def test_a_typed_answer_keeps_its_question_and_solution():
    component = read(CONTENT["problem/kinds_number.xml"])
    assert component.outcome is Outcome.DEGRADED
    assert component.pieces == [
        Prose("<p>How many minutes is <tex>1+2</tex>?</p>"),
        Note("<p>3</p>", "Answer"),
    ]


def test_a_pattern_is_never_shown_as_an_answer_but_told():
    component = read(
        '<problem><stringresponse answer=".*" type="ci regexp"><label>Why?</label><textline/>'
        "</stringresponse></problem>"
    )
    assert component.pieces == [Prose("<p>Why?</p>")]
    assert component.reasons[-1] == (
        "answers were compared with the pattern “.*”, which is not shown"
    )


def test_a_drawn_answer_is_left_out_with_a_note():
    component = read(CONTENT["problem/kinds_drawn.xml"], title="Draw <it>")
    assert component.outcome is Outcome.LEFT_OUT
    assert component.pieces == [
        Note(
            "<p>The original course had an exercise checked by a program of its own here, "
            "“Draw &lt;it&gt;”. It could not be brought along.</p>",
            "Not in this version",
        )
    ]


def test_a_problem_of_words_alone_is_text():
    component = read("<problem><p>Only words.</p></problem>")
    assert (component.outcome, component.pieces) == (
        Outcome.IMPORTED,
        [Prose("<p>Only words.</p>")],
    )


def test_an_empty_problem_is_left_out():
    assert read("<problem/>").reasons == ["it is empty"]
