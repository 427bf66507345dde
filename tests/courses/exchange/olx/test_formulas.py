"""TeX of an export: set where it can be read, kept as its source and told where it cannot."""

from collections import Counter

import pytest

from courses.exchange.archive import open_archive
from courses.exchange.build import import_course
from courses.exchange.formats.olx.formulas import Tex, marked_formulas, split_formulas
from courses.exchange.formats.olx.read import read_course
from courses.exchange.neutral import Equation, Heading, Note, Prose, Quotation
from courses.formulas.formula import read_formula
from courses.models import LessonPage
from tests.courses.exchange.real_archives import needs_shared

from ..exports import a_leaflet, as_tar
from .test_markup import read as read_page
from .test_real_exports import DEMO, KITCHEN, TEST, archive


def test_every_delimiter_is_known():
    text = r"a \(b\) c \[d\] e [mathjaxinline]f[/mathjaxinline] g [mathjax]h[/mathjax] i $$j$$ k"

    assert list(split_formulas(text)) == [
        "a ", Tex("b"), " c ", Tex("d", True), " e ", Tex("f"), " g ", Tex("h", True), " i ",
        Tex("j", True), " k",
    ]  # fmt: skip


def test_what_is_not_closed_is_text():
    text = r"\(" * 50_000

    assert "".join(map(str, split_formulas(text))) == text


def test_a_formula_in_a_line_stays_there_and_one_by_itself_becomes_a_block():
    result = read_page(r"<p>Let \(x &lt; 1\).</p><p>$$\frac{1}{2}$$</p><p>Or $$y$$ so.</p>")

    assert result.pieces == [
        Prose("<p>Let <tex>x &lt; 1</tex>.</p>"),
        Equation(r"\frac{1}{2}"),
        Prose("<p>Or <tex>y</tex> so.</p>"),
    ]
    assert result.reasons == []


def test_a_formula_in_a_list_stays_there():
    assert read_page(r"<ul><li>$$y$$</li></ul>").pieces == [Prose("<ul><li><tex>y</tex></li></ul>")]


def test_a_heading_holds_its_formulas_and_a_quote_their_source():
    heading = read_page(r"<h2>About \(x^2\)</h2>")
    quote = read_page(r"<blockquote><p>So \(x^2\)</p></blockquote>")

    assert heading.pieces == [Heading(r"About \(x^2\)", 2)] and heading.reasons == []
    assert quote.pieces == [Quotation("So x^2")]
    assert quote.reasons == ["formulas in a quote are shown as TeX source"]


def test_a_callout_holds_a_formula():
    result = read_page(r"<div class='note'><h4>Area</h4><p>Is</p><p>$$a b$$</p></div>")

    assert result.pieces == [Note("<p>Is</p><p><tex>a b</tex></p>", "Area")]


def test_what_cannot_be_read_is_code_and_told_with_its_place():
    result = read_page(r"<p>So \(\foo x\).</p>")

    assert result.pieces == [Prose(r"<p>So <code>\foo x</code>.</p>")]
    assert result.reasons == [
        r"the formula “\foo x” is shown as its TeX source: "
        r"“\foo” (character 1) is no command that is known here"
    ]


def test_options_hold_formulas_as_plain_text_here_does():
    assert marked_formulas(r"[mathjaxinline]x[/mathjaxinline] or $5") == (r"\(x\) or $5", [])
    text, reasons = marked_formulas(r"\(\foo\)")
    assert text == r"\foo" and len(reasons) == 1


PROBLEM = r"""<problem url_name="x"><multiplechoiceresponse><label>What is \(x^2\)?</label>
  <choicegroup>
  <choice correct="true">\(\frac{1}{2}\)<choicehint>As \(2^{-1}\)</choicehint></choice>
  <choice correct="false">Two</choice></choicegroup><solution><p>Is \(y\)</p></solution>
  </multiplechoiceresponse><demandhint><hint>Try \(z\)</hint><hint>Or two</hint></demandhint>
  </problem>"""


@pytest.mark.django_db
def test_a_problem_shows_formulas_in_all_it_says(catalogue, ada, packed):
    archive_of_one = packed(as_tar(a_leaflet(problem=PROBLEM)))
    course, report = import_course(path=archive_of_one, producer=ada)

    (lesson,) = LessonPage.objects.descendant_of(course)
    (question,) = lesson.questions
    value = question.value
    assert "<msup>" in str(value.prompt) and "<mi>y</mi>" in str(value["explanation"])
    assert "<mfrac>" in value.choices[0].text.html
    assert "<msup>" in value.choices[0].feedback.html
    assert ["<mi>z</mi>" in str(hint) for hint in value.hint_list] == [True, False]
    assert report.as_dict()["outcomes"] == {"imported": 2, "degraded": 0, "left out": 0}


# Formulas in each archive, counted once for each place; all of them can be read.
WRITTEN = {DEMO: 36, TEST: 6, KITCHEN: 6}


@needs_shared
@pytest.mark.parametrize("name", [DEMO, TEST, KITCHEN])
def test_every_formula_of_a_real_course_can_be_read(name, monkeypatch):
    asked: Counter[str] = Counter()
    unread: dict[str, str] = {}

    def watch(tex: str, *, display: bool = False):
        found = read_formula(tex, display=display)
        asked[tex] += 1
        if found.complaint:
            unread[tex] = found.complaint
        return found

    monkeypatch.setattr("courses.exchange.formats.olx.formulas.read_formula", watch)
    with open_archive(archive(name)) as opened:
        read_course(opened)

    assert unread == {}
    assert sum(asked.values()) == WRITTEN[name]
