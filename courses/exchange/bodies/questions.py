"""Questions of a quiz as blocks."""

import html
import re
import uuid

from django.utils.translation import gettext_lazy, ngettext

from courses.blocks.questions import MOST_HINTS, PROMPT_FEATURES, OptionsQuestionBlock
from courses.exchange.media import NotStored
from courses.exchange.neutral import PLACE, ImportedComponent, NeutralQuestion
from courses.exchange.words import plain_text

from .texts import Raw, TextWriter

QUESTION_LINKS = gettext_lazy("links in a question became the words and the address")

_LINK = re.compile(r'<a href="([^"]*)">(.*?)</a>', re.DOTALL)


def question(
    piece: NeutralQuestion, texts: TextWriter, component: ImportedComponent
) -> tuple[str, Raw]:
    most = OptionsQuestionBlock().child_blocks["options"].meta.max_num
    if most and len(piece.options) > most:
        raise NotStored(_many_options(len(piece.options), most))
    prompt = texts.rich(_plain_links(piece.text, component), tuple(PROMPT_FEATURES))
    told = _plain_links(piece.explanation, component)
    explanation = texts.rich(told, tuple(PROMPT_FEATURES))
    hints = [texts.rich(_plain_links(h, component), tuple(PROMPT_FEATURES)) for h in piece.hints]
    if len(hints) > MOST_HINTS:  # the last one says the rest
        hints = [*hints[: MOST_HINTS - 1], "".join(hints[MOST_HINTS - 1 :])]
    shown = [{"type": "item", "value": h, "id": str(uuid.uuid4())} for h in hints if h]
    options: list[Raw] = []
    for option in piece.options:
        text = texts.fit(option.text, component, "single_choice", "options", "text")
        feedback = texts.fit(option.feedback, component, "single_choice", "options", "feedback")
        options.append({"text": text, "correct": option.correct, "feedback": feedback})
    if piece.kind == "true_false":
        by_name = {option["text"].casefold(): option for option in options}
        return "true_false", {
            "statement": prompt,
            "answer": next(name for name, option in by_name.items() if option["correct"]),
            "feedback_true": by_name["true"]["feedback"],
            "feedback_false": by_name["false"]["feedback"],
            "explanation": explanation,
            "hints": shown,
        }
    listed = [{"type": "item", "value": o, "id": str(uuid.uuid4())} for o in options]
    value = {"question": prompt, "options": listed, "hints": shown}
    value["explanation"] = explanation
    return f"{piece.kind}_choice", value


def _many_options(count: int, most: int) -> str:
    told = ngettext(
        "a question with %(number)d option was left out: here it has at most %(most)d",
        "a question with %(number)d options was left out: here it has at most %(most)d",
        count,
    )
    return told % {"number": count, "most": most}


def _plain_links(markup: str, component: ImportedComponent) -> str:
    """A question holds no links: each becomes its words, with the address behind them."""

    def words(match: re.Match[str]) -> str:
        component.degrade(QUESTION_LINKS)
        address = match[1] if not match[1].startswith(PLACE) else ""
        known = not address or html.unescape(address) in plain_text(match[2])
        return match[2] if known else f"{match[2]} ({address})"

    return _LINK.sub(words, markup)
