"""Open edX problems: choice questions become quiz questions, the rest is told apart.

Response types and their meaning: "Guide to problem types" of Open edX (multiple choice, checkbox,
dropdown; choicehint, optionhint, compoundhint, demandhint, solution, targetedfeedback).
"""

import re
from collections.abc import Container
from xml.etree.ElementTree import Element

from courses.exchange.neutral import Heading, ImportedComponent, NeutralQuestion, Note, Prose
from courses.exchange.words import escape, plain_text
from courses.exchange.xml import copy_without, inner_html, outer_html, text_of

from .links import Links
from .markup import read_markup
from .responses import Choices, Unusable, read_choices

CHOICES = {"multiplechoiceresponse", "choiceresponse", "optionresponse", "truefalseresponse"}
TYPED = {
    "stringresponse": "an exercise answered in words",
    "numericalresponse": "an exercise answered with a number",
    "formularesponse": "an exercise answered with a formula",
}
OTHERS = {
    "customresponse": "an exercise checked by a program of its own",
    "imageresponse": "an exercise answered by clicking on a picture",
    "schematicresponse": "a circuit drawing exercise",
    "jsmeresponse": "a molecule drawing exercise",
    "annotationresponse": "an exercise on an annotated text",
    "coderesponse": "a programming exercise",
    "externalresponse": "an exercise checked by another service",
    "symbolicresponse": "a formula exercise",
    "javascriptresponse": "an exercise run by a script",
    "choicetextresponse": "a choice with fields to fill in",
}
RESPONSES = CHOICES | set(TYPED) | set(OTHERS)
ASIDE = {"solution", "solutionset", "demandhint", "targetedfeedbackset", "script", "style"}
FIELDS = {"formulaequationinput", "textline", "additional_answer", "stringequalhint"}
FIELDS |= {"correcthint", "responseparam", "numericalhint", "hintgroup"}

SCRIPTED = "its numbers or words come from a script"
HINTS_SHOWN = "its hints are shown from the start"
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
        _read_text(component, element, links, ASIDE)
        if not component.pieces:
            component.leave_out("it is empty")


def missing(title: str, kind: str) -> Note:
    """The note that stands where something could not be brought along."""
    name = f", “{escape(title)}”" if title else ""
    return Note(
        f"<p>The original course had {escape(kind)} here{name}. It could not be brought along.</p>",
        "Not in this version",
    )


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
    kind = OTHERS[odd] if odd else TYPED[responses[0].tag]
    note = missing(component.title, kind)
    if odd:
        component.leave_out(f"{kind} ({odd}) has no counterpart here", note)
        return
    if scripted and _SCRIPT_VARIABLE.search(text_of(copy_without(element, ASIDE))):
        component.leave_out(SCRIPTED, note)
        return
    _read_text(component, element, links, ASIDE | FIELDS)
    if not component.pieces:
        component.leave_out(f"{kind}, but without a question", note)
        return
    component.degrade(f"{kind}, which is not checked here ({responses[0].tag})")
    if hint := _hints(element, links):
        component.pieces.append(hint)
        component.degrade(HINTS_SHOWN)
    if solution := _solution(element, responses, links):
        component.pieces.append(solution)


def _solution(element: Element, responses: list[Element], links: Links) -> Note | None:
    solution = "".join(explanation_of(node, links) for node in element.iter("solution"))
    if solution:
        return Note(solution, "Solution")
    answers = [node.get("answer") or "" for node in responses]
    patterns = any("regexp" in (node.get("type") or "") for node in responses)
    if patterns or not all(answers) or any("$" in answer for answer in answers):
        return None
    return Note("".join(f"<p>{escape(answer)}</p>" for answer in answers), "Answer")


def _hints(element: Element, links: Links) -> Note | None:
    hints = [markup for node in element.iter("hint") if (markup := html_of(node, links))]
    return Note("".join(hints), "Hint", tone="tip") if hints else None


class _Problem:
    """Reads a problem with at least one choice response, in the order it is written."""

    def __init__(
        self, component: ImportedComponent, element: Element, links: Links, scripted: bool
    ) -> None:
        self.component = component
        self.element = element
        self.links = links
        self.scripted = scripted
        self.waiting: list[str] = []  # HTML between questions
        self.questions: list[NeutralQuestion] = []
        self.answered: set[int] = set()  # responses read already: tables may hold tables

    def read(self) -> None:
        component = self.component
        self.walk(self.element)
        self.flush()
        if not self.questions:
            reason = component.reasons[0] if component.reasons else "no question could be read"
            component.leave_out(reason, missing(component.title, "a question"))
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
        for row in table.iter("tr"):
            cells = [cell for cell in row if cell.tag in ("td", "th")]
            if not self.holds_response(row):
                heads = heads or [text_of(cell) for cell in cells]
                continue
            name = next((text_of(c) for c in cells if not self.holds_response(c)), "")
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
            kind = TYPED.get(element.tag) or OTHERS[element.tag]
            self.component.degrade(f"one part, {kind} ({element.tag}), has no counterpart here")
            self.waiting = []
            return
        try:
            groups = read_choices(element)
        except Unusable as error:
            self.component.degrade(str(error))
            self.waiting = []
            return
        self.waiting.append(groups[0].before)
        for group in groups:
            self.question(group, name)
        solutions = [explanation_of(node, self.links) for node in element.iter("solution")]
        if self.questions and solutions:
            self.questions[-1].explanation = "".join(solutions)

    def question(self, group: Choices, name: str) -> None:
        label = read_inline(group.label, self.links) or (f"<p>{escape(name)}</p>" if name else "")
        self.flush(label)
        text = label or self.take_last_line()
        text = text or f"<p>{escape(self.component.title or 'Choose what is right.')}</p>"
        text += read_inline(group.description, self.links)
        words = f"{plain_text(text)} {[option.text for option in group.options]}"
        if self.scripted and _SCRIPT_VARIABLE.search(words):
            self.component.degrade(SCRIPTED)
            return
        question = NeutralQuestion(group.kind, text, group.options)
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
            return f"<p>{escape(last.text)}</p>"
        if not isinstance(last, Prose) or not last.html.endswith("</p>"):
            return ""
        start = last.html.rindex("<p>")
        pieces[-1:] = [Prose(last.html[:start])] if start else []
        return last.html[start:]

    def explain(self) -> None:
        """Give the problem's own solution and hints to its questions."""
        inside = {id(node) for tag in CHOICES for r in self.element.iter(tag) for node in r.iter()}
        solution = "".join(
            explanation_of(node, self.links)
            for node in self.element.iter("solution")
            if id(node) not in inside
        )
        self.questions[-1].explanation = self.questions[-1].explanation or solution
        if hint := _hints(self.element, self.links):
            self.component.pieces.insert(self.component.pieces.index(self.questions[0]), hint)
            self.component.degrade(HINTS_SHOWN)
        if any(True for node in self.element.iter("solution") for _ in node.iter("img")):
            self.component.degrade("pictures in its explanation were left out")
        if self.element.get("partial_credit") not in (None, "", "false"):
            self.component.degrade("partly right answers count as wrong here")


def explanation_of(solution: Element, links: Links) -> str:
    """A solution's HTML without the heading that Studio writes above it."""
    markup = html_of(solution, links)
    return re.sub(r"^<p>(<b>)?(Explanation|Solution)\b:?(</b>)?:?</p>", "", markup)


def html_of(element: Element, links: Links) -> str:
    """The prose inside an XML element; what is not prose is dropped."""
    return read_inline(inner_html(element), links)


def read_inline(markup: str, links: Links) -> str:
    """The prose of a fragment alone, as paragraphs and lists."""
    parts = []
    for piece in read_markup(markup, links).pieces:
        if isinstance(piece, Prose):
            parts.append(piece.html)
        elif isinstance(piece, Heading):
            parts.append(f"<p><b>{escape(piece.text)}</b></p>")
    return "".join(parts)


def _same(left: str, right: str) -> bool:
    def bare(markup: str) -> str:
        return re.sub(r"\W+", " ", plain_text(markup)).casefold().strip()

    return bool(bare(left)) and bare(left) == bare(right)
