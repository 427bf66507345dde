"""What a typed answer was compared with, and what a learner read who had given it.

An answer cannot be typed here, so all of it stands below the question. Reference: "Guide to problem
types" of Open edX, text and numerical input (additional_answer, correcthint, stringequalhint,
responseparam, and `_or_` between answers of old courses).
"""

from collections.abc import Iterable, Iterator
from xml.etree.ElementTree import Element

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from courses.exchange.neutral import ImportedComponent, Note
from courses.exchange.words import escape, paragraph
from courses.exchange.xml import text_of

from .inline import html_of
from .links import Links

FROM_SCRIPT = gettext_lazy("an accepted answer that comes from a script was left out")
FIELDS = ("textline", "formulaequationinput")
ON_ANSWERS = ("stringequalhint", "numericalhint")


def answers_of(
    component: ImportedComponent, responses: Iterable[Element], links: Links, solution: str = ""
) -> list[Note]:
    """The notes below a typed question: what is accepted, the solution, remarks on answers."""
    answers, hints, remarks = "", "", ""
    for response in responses:
        answers += _answer(component, response)
        hints += "".join(_said(node, links, component) for node in response.iter("correcthint"))
        for node in (node for node in response.iter() if node.tag in ON_ANSWERS):
            given, said = node.get("answer"), _said(node, links, component)
            remarks += (paragraph(f"“{given}”:") if given else "") + said
    notes = []
    if answers:
        notes.append(Note(answers, pgettext("title of a note", "Answer")))
    if solution or hints:
        notes.append(Note(solution + hints, pgettext("title of a note", "Solution")))
    if remarks:
        notes.append(Note(remarks, pgettext("title of a note", "Remarks on some answers")))
    return notes


def _said(hint: Element, links: Links, component: ImportedComponent) -> str:
    """What a hint says, under the heading its author gave it instead of “Correct”."""
    label = (hint.get("label") or "").strip()
    return (paragraph(label) if label else "") + html_of(hint, links, component)


def field_words(response: Element) -> str:
    """What stands beside the fields of a response: their labels and their units."""
    labelled = next(response.iter("label"), None) is not None
    found: list[str] = []
    for node in (node for tag in FIELDS for node in response.iter(tag)):
        label = "" if labelled else (node.get("label") or "").strip()
        words = " … ".join(filter(None, [label, (node.get("trailing_text") or "").strip()]))
        if words and words not in found:
            found.append(words if label else f"… {words}")
    return "".join(map(paragraph, found))


def _answer(component: ImportedComponent, response: Element) -> str:
    """HTML of what one response accepts; what cannot be shown is told to the component."""
    patterns = "regexp" in (response.get("type") or "").lower().split()
    shown: list[str] = []
    for answer in _accepted(response):
        if "$" in answer:
            component.degrade(FROM_SCRIPT)
        elif patterns:
            told = _("answers were compared with the pattern “%(pattern)s”, which is not shown")
            component.degrade(told % {"pattern": answer})
        elif answer not in shown:
            shown.append(answer)
    if not shown:
        return ""
    words = escape(shown[0])
    if others := ", ".join(map(escape, shown[1:])):
        # Translators: “Sleepy; also accepted: Dopey, Happy”, below an exercise.
        words = _("%(answer)s; also accepted: %(others)s") % {"answer": words, "others": others}
    if tolerance := _tolerance(response):
        # Translators: “3.14, give or take 5%”, below an exercise.
        told = _("%(answer)s, give or take %(tolerance)s")
        words = told % {"answer": words, "tolerance": escape(tolerance)}
    return f"<p>{words}</p>"


def _accepted(response: Element) -> Iterator[str]:
    answer = (response.get("answer") or "").strip()
    parts = answer.split("_or_") if response.tag == "stringresponse" else [answer]
    yield from filter(None, map(str.strip, parts))
    for node in response.iter("additional_answer"):
        own = node.get("answer") or " ".join((node.text or "").split())
        if own.strip():
            yield own.strip()


def _tolerance(response: Element) -> str:
    for node in response.iter("responseparam"):
        written = (node.get("default") or "").strip()
        if node.get("type") == "tolerance" and written.strip("0.%") and "$" not in written:
            return written
    return ""


def hints_of(component: ImportedComponent, element: Element, links: Links) -> list[str]:
    """The hints that a learner could ask for, one after the other."""
    hints = [said for node in element.iter("hint") if (said := html_of(node, links, component))]
    # Before 2014 hints stood in groups, each for an answer.
    old = [words for node in element.iter("hintpart") if (words := text_of(node))]
    return [*hints, *map(paragraph, old)]


def hints_note(hints: list[str]) -> Note:
    """Hints where none can be asked for, as one tip."""
    return Note("".join(hints), pgettext("title of a note", "Hint"), tone="tip")
