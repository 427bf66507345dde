"""The choices of one multiplechoiceresponse, choiceresponse or optionresponse."""

import ast
import re
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from courses.blocks.questions import say_the_same
from courses.exchange.neutral import NeutralOption
from courses.exchange.words import escape, with_formulas
from courses.exchange.xml import copy_without, inner_html, text_of

from .formulas import marked_formulas

GROUPS = {"choicegroup", "checkboxgroup", "radiogroup", "optioninput"}
CHOSEN_HINTS = {"choicehint", "optionhint"}
HINTS = {"choicehint", "optionhint", "compoundhint", "booleanhint", "solution"}

COMPOUND = gettext_lazy("feedback for combinations of options has no place here")
PARTIAL = gettext_lazy("partly right options count as wrong here")
SHUFFLED = gettext_lazy("its options keep one order here")

# A quote that nothing closes reaches to the end, or each quote in it would be tried anew.
_QUOTED = re.compile(
    r"""'((?:[^'\\]|\\.)*+)\\?(?:'|\Z)|"((?:[^"\\]|\\.)*+)\\?(?:"|\Z)""", re.DOTALL
)

Targeted = dict[str | None, str]  # feedback by the explanation-id of an option


class Unusable(ValueError):
    """The response cannot become a question; the message is a reason for the report."""


@dataclass
class Choices:
    """One question to be; `label`, `description` and `before` (what stands ahead) are HTML."""

    kind: str
    options: list[NeutralOption]
    label: str = ""
    description: str = ""
    before: str = ""
    explanation: str = ""  # HTML of what is said of more than one option, or of one not chosen
    reasons: list[str] = field(default_factory=list)


def read_choices(response: Element, targeted: Targeted) -> list[Choices]:
    """The questions of a response element, at least one. Raises Unusable with the reason."""
    groups = [node for node in response.iter() if node.tag in GROUPS]
    if not groups:
        raise Unusable(_("a question without options was left out"))
    label = next((inner_html(node) for node in response.iter("label")), "")
    description = "".join(f"<p>{inner_html(node)}</p>" for node in response.iter("description"))
    before = _prose(response)
    found = []
    for group in groups:
        choices = _read_group(response, group, targeted)
        choices.label = label or escape(group.get("label") or response.get("label"))
        choices.description = description
        found.append(choices)
    found[0].before = before
    if response.get("partial_credit"):
        found[0].reasons.append(str(PARTIAL))
    return found


def _prose(response: Element) -> str:
    """HTML of what stands in the response besides label, options and asides."""
    asides = GROUPS | {"label", "description", "solution", "solutionset", "demandhint", "script"}
    asides |= {"targetedfeedbackset"}
    bare = copy_without(response, asides)
    bare.tail = None
    return inner_html(bare)


def _read_group(response: Element, group: Element, targeted: Targeted) -> Choices:
    reasons: list[str] = []
    if group.tag == "optioninput" and not list(group.iter("option")):
        options, aside = _written_options(group), []
    else:
        nodes = [node for node in group.iter() if node.tag in ("choice", "option")]
        options = [_read_option(node, targeted, reasons) for node in nodes]
        pairs = zip(nodes, options, strict=True)
        aside = [told for node, option in pairs for told in _unchosen(node, option.text)]
        aside += _together(group, options)
    options = [option for option in options if option.text]
    if next(group.iter("booleanhint"), None) is not None:
        reasons.append(str(COMPOUND))
    if group.get("shuffle") == "true" or group.get("answer-pool"):
        reasons.append(str(SHUFFLED))
    kind = _kind(response, group, options)
    explanation = "".join(_paragraph(told, reasons) for told in aside)
    return Choices(kind, options, explanation=explanation, reasons=reasons)


def _kind(response: Element, group: Element, options: list[NeutralOption]) -> str:
    right = sum(option.correct for option in options)
    if len(options) < 2:
        raise Unusable(_("a question with fewer than two options was left out"))
    if say_the_same(option.text for option in options):
        raise Unusable(_("a question whose options cannot be told apart was left out"))
    if response.tag in ("choiceresponse", "truefalseresponse") and group.tag != "radiogroup":
        if not right:
            raise Unusable(_("a question without a right option was left out"))
        return "multiple"
    if right != 1:
        told = ngettext(
            "a question with one choice but %(number)d right option was left out",
            "a question with one choice but %(number)d right options was left out",
            right,
        )
        raise Unusable(told % {"number": right})
    if sorted(option.text.casefold() for option in options) == ["false", "true"]:
        return "true_false"
    return "single"


def _read_option(node: Element, targeted: Targeted, reasons: list[str]) -> NeutralOption:
    correct = (node.get("correct") or "").strip().lower()
    if correct == "partial":
        reasons.append(str(PARTIAL))
    bare = copy_without(node, HINTS)
    bare.tail = None
    text = text_of(bare)
    if not text and (picture := bare.find(".//img")) is not None:
        text = _squeeze(picture.get("alt") or "")
        reasons.append(_("a picture among its options is named by its description"))
    elif pictures := [_squeeze(node.get("alt") or "") for node in bare.iter("img")]:
        text = " ".join(filter(None, [text, *pictures]))
        reasons.append(_("a picture among its options is named by its description"))
    if any(node.get("href") for node in bare.iter("a")):
        reasons.append(_("links among its options were taken off their words"))
    text, unread = marked_formulas(text)
    reasons += unread
    return NeutralOption(text, correct == "true", _feedback(node, targeted, reasons))


def _unchosen(node: Element, option: str) -> list[str]:
    """What was said to those who did not choose an option; here everybody reads it afterwards."""
    told = _("If “%(option)s” is not chosen: %(feedback)s")
    hints = (hint for hint in node if hint.tag in CHOSEN_HINTS and _is_for_unchosen(hint))
    return [told % {"option": option, "feedback": said} for hint in hints if (said := _said(hint))]


def _together(group: Element, options: list[NeutralOption]) -> list[str]:
    """What was said to those who chose exactly some options, named by their letters."""
    told = _("If exactly these are chosen, %(options)s: %(feedback)s")
    found = []
    for hint in group.iter("compoundhint"):
        places = [ord(letter) - ord("A") for letter in (hint.get("value") or "").split()]
        names = [f"“{options[place].text}”" for place in places if 0 <= place < len(options)]
        if said := _said(hint):
            found.append(told % {"options": ", ".join(names), "feedback": said})
    return found


def _paragraph(told: str, reasons: list[str]) -> str:
    text, unread = marked_formulas(told)
    reasons += unread
    return f"<p>{with_formulas(text)}</p>"


def _is_for_unchosen(hint: Element) -> bool:
    return (hint.get("selected") or "true").lower() == "false"


def _said(hint: Element) -> str:
    """The words of a hint, under the heading its author gave it; formulas as they are written."""
    label = (hint.get("label") or "").strip()
    return ": ".join(filter(None, [label, text_of(hint)]))


def _feedback(node: Element, targeted: Targeted, reasons: list[str]) -> str:
    """What a learner reads who chose this option."""
    hints = (hint for hint in node if hint.tag in CHOSEN_HINTS and not _is_for_unchosen(hint))
    chosen = [said for hint in hints if (said := _said(hint))]
    if node.get("explanation-id") in targeted:
        chosen.append(targeted[node.get("explanation-id")])
    said, unread = marked_formulas(" ".join(chosen))
    reasons += unread
    return said


def _written_options(group: Element) -> list[NeutralOption]:
    """Options written as an attribute: options="('India','Spain')" correct="India"."""
    written = (group.get("options") or "").strip()
    try:
        values = ast.literal_eval(written)
        values = [values] if isinstance(values, str) else list(values)
    except (ValueError, SyntaxError, TypeError, MemoryError, RecursionError):
        values = [first or second for first, second in _QUOTED.findall(written)]
    values = [_squeeze(str(value)) for value in values]
    right = _squeeze(group.get("correct") or "")
    return [NeutralOption(marked_formulas(value)[0], value == right) for value in values]


def _squeeze(text: str) -> str:
    return " ".join(text.split())
