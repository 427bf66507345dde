"""TeX becomes MathML Core, with bounds; what cannot be read is told in words, and kept."""

import hashlib
import threading
from pathlib import Path

import pytest
from lxml import html

from courses.formulas import engine
from courses.formulas.engine import LONGEST
from courses.formulas.formula import Formula, read_formula
from courses.formulas.mathml import ATTRIBUTES, ELEMENTS, Unforeseen, core

# TeX, and what pages show of it (before the annotation).
GOLDEN = {
    r"x": "<mi>x</mi>",
    r"3.14": "<mn>3.14</mn>",
    r"a+b": "<mrow><mi>a</mi><mo>+</mo><mi>b</mi></mrow>",
    r"x^2": "<msup><mi>x</mi><mn>2</mn></msup>",
    r"x_i": "<msub><mi>x</mi><mi>i</mi></msub>",
    r"\frac{a}{b}": "<mfrac><mi>a</mi><mi>b</mi></mfrac>",
    r"\sqrt{2}": "<msqrt><mn>2</mn></msqrt>",
    r"\alpha\le\beta": "<mrow><mi>α</mi><mo>≤</mo><mi>β</mi></mrow>",
    r"\mathbb{R}": "<mi>ℝ</mi>",
    r"\mathbf{v}": "<mi>𝐯</mi>",
    r"\mathcal{L}": "<mi>ℒ</mi>",
    r"\text{if }x": "<mrow><mtext>if\u00a0</mtext><mi>x</mi></mrow>",
    r"\textcolor{red}{x}": "<mrow><mi>x</mi></mrow>",
    r"f'": '<msup><mi>f</mi><mo lspace="0em" rspace="0em" class="math-prime">′</mo></msup>',
    r"\boxed{x}": '<mrow scriptlevel="0" displaystyle="true" class="math-boxed"><mi>x</mi></mrow>',
    r"\cancel{y}": '<mrow class="math-struck-up"><mi>y</mi></mrow>',
    r"\overline{z}": '<mrow class="math-above"><mi>z</mi></mrow>',
    r"a\!b": '<mrow><mi>a</mi><mrow class="math-pulled"></mrow><mi>b</mi></mrow>',
    r"a<b": "<mrow><mi>a</mi><mo>&lt;</mo><mi>b</mi></mrow>",
    r"\begin{matrix}a&b\end{matrix}": (
        '<mtable><mtr><mtd class="math-flush-start"><mi>a</mi></mtd>'
        '<mtd class="math-flush-end"><mi>b</mi></mtd></mtr></mtable>'
    ),
}

REFUSED = {
    "": "This formula is empty.",
    "  % nothing": "This formula is empty.",
    "x" * (LONGEST + 1): "longer than 2000 characters",
    r"a + \foo": "“\\foo” (character 5) is no command that is known here.",
    r"\begin{poem}x\end{poem}": "“poem” (character 7) is no environment that is known here.",
    r"\frac{a": "ends too early",
    r"\left( x": "ends too early",
    r"a}": "cannot be read from “}” (character 2) on.",
    r"x_1_2": "cannot be read from “_2” (character 4) on.",
    "a\x00b": "holds a character that is none.",
    "a\ud800b": "holds a character that is none.",
    # What would run, load or leave a mark on the page.
    r"\href{javascript:alert(1)}{x}": "“\\href” (character 1) is no command that is known here.",
    r"\includegraphics{x.png}": "“\\includegraphics” (character 1) is not allowed in a formula.",
    r"\htmlData{a=b}{x}": "“\\htmlData” (character 1) is no command that is known here.",
    r"\class{shout}{x}": "“\\class” (character 1) is not allowed in a formula.",
    r"\style{color:red}{x}": "“\\style” (character 1) is not allowed in a formula.",
    r"\id{main}{x}": "“\\id” (character 1) is not allowed in a formula.",
    r"\ref{x' onclick='alert(1)}": "needs something that pages do not show",
    # What would never end.
    r"\def\a{\a\a}\a": "never comes to an end",
    r"\def\a#1{#1#1#1#1}\a{\a{\a{\a{\a{\a{\a{\a{x}}}}}}}}": "never comes to an end",
    "{" * 1_900: "never comes to an end",
    r"\sqrt{" * 280 + "x" + "}" * 280: "never comes to an end",
    "x" + "'" * 1_900: "needs something that pages do not show",
}


@pytest.mark.parametrize("tex", GOLDEN)
def test_a_formula_is_set_as_it_always_was(tex):
    shown, annotation = read_formula(tex).mathml.split("<annotation", 1)

    assert shown == f"<math><semantics>{GOLDEN[tex]}"
    assert html.fromstring(f"<annotation{annotation}").text == tex


@pytest.mark.parametrize("tex", REFUSED, ids=lambda tex: repr(tex[:30]))
def test_what_cannot_be_read_is_told_in_words_and_kept(tex):
    formula = read_formula(tex)

    assert REFUSED[tex] in formula.complaint
    assert formula.mathml == ""
    assert formula.tex == tex.strip()


def test_after_every_refusal_the_next_formula_is_set_as_ever():
    for tex in REFUSED:
        read_formula(tex)
        assert read_formula("x^2").mathml == read_formula(r"x^2").mathml != ""


@pytest.mark.parametrize("display", [False, True])
def test_nothing_but_mathml_core_leaves(display):
    odd = [
        r"\begin{aligned}a&=b\\c&=d\end{aligned}",
        r"\begin{array}{c|c}a&b\\\hline c&d\end{array}",
        r"\begin{cases}1&x>0\\0&x\le0\end{cases}",
        r"\left(\frac12\right)\Bigl(x\Bigr)\not=y",
        r"\underbrace{a+b}_{n}\xrightarrow{f}\widehat{xyz}\hat{x}\vec{v}",
        r"\sum_{i=1}^n\int_0^1\lim_{x\to0}\prod\bigcup",
        r"\phantom{x}\smash{y}\raisebox{1em}{z}\rule{1em}{1em}\kern1em",
        r"\mathfrak{g}\mathscr{A}\mathtt{t}\mathsf{s}\boldsymbol{\alpha}\pmod{n}",
        r"\xcancel{x}\bcancel{y}\sout{z}\overline{AB}\underline{CD}\tfrac12\binom{n}{k}",
    ]
    for tex in odd:
        formula = read_formula(tex, display=display)
        assert formula.complaint == "", tex
        for element in html.fromstring(formula.mathml).iter():
            assert element.tag in ELEMENTS
            assert set(element.attrib) <= ATTRIBUTES | {"class", "mathvariant"}
            assert all(name.startswith("math-") for name in element.get("class", "").split())
            assert element.get("mathvariant", "normal") == "normal"


@pytest.mark.parametrize(
    "written",
    [
        "<math><script>alert(1)</script></math>",
        '<math><a href="javascript:alert(1)"><mi>x</mi></a></math>',
        "<math><mi>x</mi><!-- a note --></math>",
        "<svg><mi>x</mi></svg>",
        "<math><mi>x</math>",
        '<math><mi class="never-seen">x</mi></math>',
    ],
)
def test_what_is_on_no_list_is_refused(written):
    with pytest.raises(Unforeseen):
        core(written)


def test_attributes_that_run_or_dress_are_dropped():
    shown = core('<math><mi onclick="alert(1)" style="position:fixed" id="main">x</mi></math>')

    assert shown == "<math><mi>x</mi></math>"


def test_a_macro_of_one_formula_is_unknown_to_the_next():
    assert read_formula(r"\gdef\secret{y}\secret").complaint == ""

    assert "\\secret" in read_formula(r"\secret").complaint


def test_text_is_text():
    shown = read_formula(r"\text{<img src=x onerror=alert(1)>}").mathml

    assert "<img" not in shown
    assert "&lt;img src=x onerror=alert(1)&gt;" in shown


def test_a_formula_on_a_line_of_its_own_is_set_larger():
    assert read_formula("x", display=True).mathml.startswith('<math display="block">')


def test_a_page_shows_mathml_or_the_source_as_code():
    assert read_formula("x").shown.startswith("<math>")
    assert read_formula(r"\foo<b>").shown == r"<code>\foo&lt;b&gt;</code>"
    assert Formula("x", "<math>kept</math>").shown == "<math>kept</math>"


def test_a_formula_that_may_be_wider_than_a_line_scrolls_by_itself():
    long = "+".join("abcdefghij")

    assert read_formula(long).shown.startswith('<span class="math-run" tabindex="0"><math>')
    assert read_formula("a+b").shown.startswith("<math>")
    assert read_formula(long, display=True).shown.startswith('<math display="block">')


def test_many_threads_set_formulas_at_once():
    wrong = []

    def work(number: int) -> None:
        for _ in range(20):
            found = read_formula(f"x_{{{number}}}").mathml
            if f"<mn>{number}</mn>" not in found:
                wrong.append(found)
            read_formula("{" * 500)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(11, 17)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert wrong == []


def test_the_program_is_the_one_that_is_written_beside_it():
    folder = Path(engine.__file__).parent / "temml"
    found = hashlib.sha256((folder / "temml.min.js").read_bytes()).hexdigest()

    assert f"sha256 of `temml.min.js`: `{found}`" in (folder / "README.md").read_text()


@pytest.mark.parametrize(
    "pasted", ["$x^2$", "$$x^2$$", r"\(x^2\)", r"\[ x^2 \]", " $$\n x^2 $$ ", "x^2"]
)
def test_what_stands_around_a_formula_elsewhere_is_taken_off(pasted):
    assert read_formula(pasted) == read_formula("x^2")
    assert read_formula(pasted).mathml


@pytest.mark.parametrize(
    "tex", [r"\$5 + \$6", r"\text{$x$}", r"\text{a} \text{$x$}", r"(x)", "[x]"]
)
def test_what_belongs_to_a_formula_stays(tex):
    assert read_formula(tex).tex == tex
    assert read_formula(tex).mathml


@pytest.mark.parametrize(("tex", "name", "place"), [("$a$ is $b$", "$", 1), (r"a \(b\)", r"\(", 3)])
def test_a_delimiter_inside_is_told_in_words(tex, name, place):
    told = f"Leave out “{name}” (character {place}): nothing stands around a formula here."
    assert read_formula(tex).complaint == told
