"""Open edX problems: choice questions become quiz questions, the rest is told apart.

Response types and their meaning: "Guide to problem types" of Open edX (multiple choice, checkbox,
dropdown; choicehint, optionhint, compoundhint, demandhint, solution, targetedfeedback).
"""

import re
from collections.abc import Container
from xml.etree.ElementTree import Element

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from courses.exchange.neutral import (
    ABSENT,
    Equation,
    Heading,
    ImportedComponent,
    NeutralQuestion,
    Note,
    Prose,
)
from courses.exchange.words import escape, paragraph, plain_text, with_formulas
from courses.exchange.xml import copy_without, inner_html, outer_html, text_of

from .answers import answers_of, field_words, hints_note, hints_of
from .inline import html_of, read_inline
from .links import Links
from .markup import read_markup
from .responses import Choices, Unusable, read_choices

CHOICES = {"multiplechoiceresponse", "choiceresponse", "optionresponse", "truefalseresponse"}
TYPED = {
    "stringresponse": pgettext_lazy("what a course had", "an exercise answered in words"),
    "numericalresponse": pgettext_lazy("what a course had", "an exercise answered with a number"),
    "formularesponse": pgettext_lazy("what a course had", "an exercise answered with a formula"),
}
OTHERS = {
    "customresponse": pgettext_lazy(
        "what a course had", "an exercise checked by a program of its own"
    ),
    "imageresponse": pgettext_lazy(
        "what a course had", "an exercise answered by clicking on a picture"
    ),
    "schematicresponse": pgettext_lazy("what a course had", "a circuit drawing exercise"),
    "jsmeresponse": pgettext_lazy("what a course had", "a molecule drawing exercise"),
    "annotationresponse": pgettext_lazy("what a course had", "an exercise on an annotated text"),
    "coderesponse": pgettext_lazy("what a course had", "a programming exercise"),
    "externalresponse": pgettext_lazy(
        "what a course had", "an exercise checked by another service"
    ),
    "symbolicresponse": pgettext_lazy("what a course had", "a formula exercise"),
    "javascriptresponse": pgettext_lazy("what a course had", "an exercise run by a script"),
    "choicetextresponse": pgettext_lazy("what a course had", "a choice with fields to fill in"),
}
RESPONSES = CHOICES | set(TYPED) | set(OTHERS)
ASIDE = {"solution", "solutionset", "demandhint", "targetedfeedbackset", "script", "style"}
FIELDS = {"formulaequationinput", "textline", "additional_answer", "stringequalhint"}
FIELDS |= {"correcthint", "responseparam", "numericalhint", "hintgroup"}

SCRIPTED = gettext_lazy("its numbers or words come from a script")
HINTS_SHOWN = gettext_lazy("its hints are shown from the start")
_SCRIPT_VARIABLE = re.compile(r"\$\{?[A-Za-z_]\w*")


def read_problem(component: ImportedComponent, element: Element, links: Links) -> None:
    """Fill `component` with the pieces of a problem element and tell how well it went."""
    responses = [node for node in element.iter() if node.tag in RESPONSES]
    scripted = any((node.text or "").strip() for node in element.iter("script"))
    if any(node.tag in CHOICES for node in responses):
        _Problem(component, element, links, scripted).read()
    elif responses:
        _read_unchecked(component, element, responses, links, scripted)
    else:
        _read_words(component, element, links, scripted)


def _read_words(
    component: ImportedComponent, element: Element, links: Links, scripted: bool
) -> None:
    """A problem that asks nothing: a text, perhaps with hints and a solution."""
    if scripted and _SCRIPT_VARIABLE.search(text_of(copy_without(element, {"script"}))):
        component.leave_out(SCRIPTED)
        return
    _read_text(component, element, links, ASIDE)
    _add_help(component, element, [], links)
    if not component.pieces:
        component.leave_out(_("it is empty"))


def _add_help(
    component: ImportedComponent, element: Element, responses: list[Element], links: Links
) -> None:
    """What helps with a problem that is not checked here: hints, answers, the solution."""
    if hints := hints_of(component, element, links):
        component.pieces.append(hints_note(hints))
        component.degrade(HINTS_SHOWN)
    solution = "".join(explanation_of(node, links, component) for node in element.iter("solution"))
    component.pieces += answers_of(component, responses, links, solution)


def missing(title: str, what: str) -> Note:
    """The note that stands where something could not be brought along."""
    told = (
        # Translators: “The original course had a discussion here, “Tea or coffee?”.”
        _("The original course had %(what)s here, “%(title)s”. It could not be brought along.")
        if title
        else _("The original course had %(what)s here. It could not be brought along.")
    )
    return Note(paragraph(told % {"what": what, "title": title}), str(ABSENT))


def _read_text(
    component: ImportedComponent, element: Element, links: Links, without: Container[str]
) -> None:
    markup = read_markup(inner_html(copy_without(element, without)), links)
    component.pieces = markup.pieces
    for reason in markup.reasons:
        component.degrade(reason)


def _read_unchecked(
    component: ImportedComponent,
    element: Element,
    responses: list[Element],
    links: Links,
    scripted: bool,
) -> None:
    """A problem without choices: typed answers keep their question, the rest is left out."""
    odd = next((node.tag for node in responses if node.tag in OTHERS), None)
    what = str(OTHERS[odd] if odd else TYPED[responses[0].tag])
    note = missing(component.title, what)
    if odd:
        # Translators: “a programming exercise (coderesponse) has no counterpart here”.
        told = _("%(what)s (%(tag)s) has no counterpart here")
        component.leave_out(told % {"what": what, "tag": odd}, note)
        return
    if scripted and _SCRIPT_VARIABLE.search(text_of(copy_without(element, ASIDE))):
        component.leave_out(SCRIPTED, note)
        return
    _read_text(component, element, links, ASIDE | FIELDS)
    if beside := "".join(map(field_words, responses)):
        component.pieces.append(Prose(beside))
    if not component.pieces:
        component.leave_out(_("%(what)s, but without a question") % {"what": what}, note)
        return
    # Translators: “an exercise answered in words, which is not checked here (stringresponse)”.
    told = _("%(what)s, which is not checked here (%(tag)s)")
    component.degrade(told % {"what": what, "tag": responses[0].tag})
    _add_help(component, element, responses, links)


class _Problem:
    """Reads a problem with at least one choice response, in the order it is written."""

    def __init__(
        self, component: ImportedComponent, element: Element, links: Links, scripted: bool
    ) -> None:
        self.component = component
        self.element = element
        self.links = links
        self.scripted = scripted
        self.targeted = {  # beside the response they belong to, or inside it
            node.get("explanation-id"): text_of(node) for node in element.iter("targetedfeedback")
        }
        self.waiting: list[str] = []  # HTML between questions
        self.questions: list[NeutralQuestion] = []
        self.typed = False  # whether a typed part kept its question
        self.answered: set[int] = set()  # responses read already: tables may hold tables

    def read(self) -> None:
        component = self.component
        self.walk(self.element)
        self.flush()
        if not self.questions and not self.typed:
            reason = component.reasons[0] if component.reasons else _("no question could be read")
            component.leave_out(
                reason, missing(component.title, pgettext("what a course had", "a question"))
            )
            return
        self.explain()

    def walk(self, element: Element) -> None:
        self.waiting.append(escape(element.text))
        for child in element:
            if child.tag in RESPONSES:
                self.response(child)
            elif child.tag == "table" and self.holds_response(child):
                self.table(child)
            elif self.holds_response(child):
                self.walk(child)
            elif child.tag not in ASIDE:
                bare = copy_without(child, ASIDE)
                bare.tail = None
                self.waiting.append(outer_html(bare))
            self.waiting.append(escape(child.tail))

    @staticmethod
    def holds_response(element: Element) -> bool:
        return any(node.tag in RESPONSES for node in element.iter())

    def table(self, table: Element) -> None:
        """Dropdowns in a table: each asks for one cell, named by its row and its column."""
        heads: list[str] = []
        self.waiting += [paragraph(text_of(caption)) for caption in table.iter("caption")]
        for row in table.iter("tr"):
            cells = [cell for cell in row if cell.tag in ("td", "th")]
            if not self.holds_response(row):
                words = [text_of(cell) for cell in cells]
                heads = heads or words
                self.waiting.append(paragraph(" · ".join(filter(None, words))))
                continue
            bare = [text_of(copy_without(cell, RESPONSES | ASIDE)) for cell in cells]
            name = " · ".join(filter(None, bare))
            for index, cell in enumerate(cells):
                head = heads[index] if index < len(heads) else ""
                for response in cell.iter():
                    if response.tag in RESPONSES:
                        self.response(response, ": ".join(filter(None, [name, head])))

    def response(self, element: Element, name: str = "") -> None:
        if id(element) in self.answered:
            return
        self.answered.add(id(element))
        if element.tag not in CHOICES:
            self.other(element)
            return
        try:
            groups = read_choices(element, self.targeted)
        except Unusable as error:
            self.component.degrade(str(error))
            self.flush()
            return
        self.waiting.append(groups[0].before)
        for group in groups:
            self.question(group, name)
        solutions = [
            explanation_of(node, self.links, self.component) for node in element.iter("solution")
        ]
        if self.questions and solutions:
            self.questions[-1].explanation = "".join([*solutions, self.questions[-1].explanation])

    def other(self, element: Element) -> None:
        """A part without options: one that is typed keeps its question and what it accepts."""
        typed = element.tag in TYPED
        if typed and not (self.scripted and _SCRIPT_VARIABLE.search(text_of(element))):
            bare = copy_without(element, ASIDE | FIELDS)
            bare.tail = None
            self.waiting.append(inner_html(bare) + field_words(element))
            self.flush()
            self.typed = True
            nodes = element.iter("solution")
            solution = "".join(explanation_of(n, self.links, self.component) for n in nodes)
            self.component.pieces += answers_of(self.component, [element], self.links, solution)
            # Translators: “one part, an exercise answered in words (stringresponse), is not …”.
            told = _("one part, %(what)s (%(tag)s), is not checked here")
        else:
            self.flush()
            # Translators: “one part, a formula exercise (symbolicresponse), has no counterpart”.
            told = _("one part, %(what)s (%(tag)s), has no counterpart here")
        what = TYPED.get(element.tag) or OTHERS[element.tag]
        self.component.degrade(told % {"what": what, "tag": element.tag})

    def question(self, group: Choices, name: str) -> None:
        label = read_inline(group.label, self.links, self.component) or (
            paragraph(name) if name else ""
        )
        self.flush(label)
        text = label or self.take_last_line()
        text = text or paragraph(self.component.title or _("Choose what is right."))
        text += read_inline(group.description, self.links, self.component)
        words = f"{plain_text(text)} {[option.text for option in group.options]}"
        if self.scripted and _SCRIPT_VARIABLE.search(words):
            self.component.degrade(SCRIPTED)
            return
        question = NeutralQuestion(group.kind, text, group.options, group.explanation)
        self.component.pieces.append(question)
        self.questions.append(question)
        for reason in group.reasons:
            self.component.degrade(reason)

    def flush(self, label: str = "") -> None:
        """Turn what waits into pieces; drop a last line that only repeats the label."""
        markup = read_markup("".join(self.waiting), self.links)
        self.waiting = []
        self.component.pieces += markup.pieces
        for reason in markup.reasons:
            self.component.degrade(reason)
        if label:
            kept = list(self.component.pieces)
            if not _same(self.take_last_line(), label):
                self.component.pieces = kept

    def take_last_line(self) -> str:
        """Remove and return the last paragraph or heading before the question, if it is one."""
        pieces = self.component.pieces
        last = pieces[-1] if pieces else None
        if isinstance(last, Heading):
            pieces.pop()
            return f"<p>{with_formulas(last.text)}</p>"
        if isinstance(last, Equation):
            pieces.pop()
            return f"<p><tex>{escape(last.tex)}</tex></p>"
        if not isinstance(last, Prose) or not last.html.endswith("</p>"):
            return ""
        start = last.html.rindex("<p>")
        pieces[-1:] = [Prose(last.html[:start])] if start else []
        return last.html[start:]

    def explain(self) -> None:
        """Give the problem's own solution and hints to its questions."""
        parts = CHOICES | set(TYPED)
        inside = {id(node) for tag in parts for r in self.element.iter(tag) for node in r.iter()}
        solution = "".join(
            explanation_of(node, self.links, self.component)
            for node in self.element.iter("solution")
            if id(node) not in inside
        )
        if self.questions:
            self.questions[-1].explanation += solution
        elif solution:
            self.component.pieces.append(Note(solution, pgettext("title of a note", "Solution")))
        hints = hints_of(self.component, self.element, self.links)
        if self.questions:
            self.questions[0].hints = hints
        elif hints:
            self.component.pieces.insert(0, hints_note(hints))
            self.component.degrade(HINTS_SHOWN)
        if self.element.get("partial_credit") not in (None, "", "false"):
            self.component.degrade(_("partly right answers count as wrong here"))


def explanation_of(solution: Element, links: Links, component: ImportedComponent) -> str:
    """A solution's HTML without the heading that Studio writes above it."""
    markup = html_of(solution, links, component)
    return re.sub(r"^<p>(<b>)?(Explanation|Solution)\b:?(</b>)?:?</p>", "", markup)


def _same(left: str, right: str) -> bool:
    def bare(markup: str) -> str:
        return plain_text(markup).rstrip(" .:?…*")

    return bool(bare(left)) and bare(left) == bare(right)
