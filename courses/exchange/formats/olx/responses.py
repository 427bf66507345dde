"""The choices of one multiplechoiceresponse, choiceresponse or optionresponse."""

import ast
import re
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from courses.blocks.questions import say_the_same
from courses.exchange.neutral import NeutralOption
from courses.exchange.words import escape
from courses.exchange.xml import copy_without, inner_html, text_of

from .formulas import bare_formulas

GROUPS = {"choicegroup", "checkboxgroup", "radiogroup", "optioninput"}
HINTS = {"choicehint", "optionhint", "compoundhint", "booleanhint", "solution"}

UNSELECTED = gettext_lazy("feedback for options left unchosen has no place here")
COMPOUND = gettext_lazy("feedback for combinations of options has no place here")
PARTIAL = gettext_lazy("partly right options count as wrong here")
SHUFFLED = gettext_lazy("its options keep one order here")

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
        options = _written_options(group)
    else:
        nodes = [node for node in group.iter() if node.tag in ("choice", "option")]
        options = [_read_option(node, targeted, reasons) for node in nodes]
    options = [option for option in options if option.text]
    if any(node.tag in ("compoundhint", "booleanhint") for node in group.iter()):
        reasons.append(str(COMPOUND))
    if group.get("shuffle") == "true" or group.get("answer-pool"):
        reasons.append(str(SHUFFLED))
    kind = _kind(response, group, options)
    return Choices(kind, options, reasons=reasons)


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
    return NeutralOption(bare_formulas(text), correct == "true", _feedback(node, targeted, reasons))


def _feedback(node: Element, targeted: Targeted, reasons: list[str]) -> str:
    """What a learner reads who chose this option."""
    chosen = []
    for hint in node:
        if hint.tag not in ("choicehint", "optionhint"):
            continue
        if (hint.get("selected") or "true").lower() == "false":
            if UNSELECTED not in reasons:
                reasons.append(str(UNSELECTED))
        elif text_of(hint):
            label = (hint.get("label") or "").strip()
            chosen.append(f"{label}: " * bool(label) + bare_formulas(text_of(hint)))
    if node.get("explanation-id") in targeted:
        chosen.append(targeted[node.get("explanation-id")])
    return " ".join(chosen)


def _written_options(group: Element) -> list[NeutralOption]:
    """Options written as an attribute: options="('India','Spain')" correct="India"."""
    written = (group.get("options") or "").strip()
    try:
        values = ast.literal_eval(written)
        values = [values] if isinstance(values, str) else list(values)
    except (ValueError, SyntaxError, TypeError, MemoryError, RecursionError):
        values = re.findall(r"'((?:[^'\\]|\\.)*)'|\"((?:[^\"\\]|\\.)*)\"", written)
        values = [first or second for first, second in values]
    values = [_squeeze(str(value)) for value in values]
    right = _squeeze(group.get("correct") or "")
    return [NeutralOption(value, value == right) for value in values]


def _squeeze(text: str) -> str:
    return " ".join(text.split())
