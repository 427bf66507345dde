"""Blocks to read: heading, rich text, quote, code and callout."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.blocks import (
    CharBlock,
    ChoiceBlock,
    StructBlock,
    StructValue,
    TextBlock,
)

from courses.formulas.stored import FEATURE as FORMULA

from .formulas import ProseBlock, WordsBlock

# Images, documents and embeds have blocks of their own, which the gate knows.
READING_FEATURES = [
    "h3",
    "h4",
    "bold",
    "italic",
    "code",
    "superscript",
    "subscript",
    "ol",
    "ul",
    "hr",
    "link",
    FORMULA,
]
NOTE_FEATURES = ["bold", "italic", "code", "link", "ol", "ul", FORMULA]


class HeadingBlock(StructBlock):
    """A heading inside a lesson; the lesson's title is the level above."""

    text = WordsBlock(max_length=255, label=_("Text"))
    level = ChoiceBlock(
        choices=[("2", _("Section")), ("3", _("Subsection"))], default="2", label=_("Level")
    )

    class Meta:
        label = _("Heading")
        icon = "title"
        template = "courses/blocks/heading.html"
        label_format = "{text}"
        preview_value = {"text": "Cut the line on paper first", "level": "2"}
        description = _("A section or subsection title")


class ReadingBlock(ProseBlock):
    """Running text: paragraphs, lists, links."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(features=READING_FEATURES, **kwargs)

    class Meta:
        icon = "pilcrow"
        template = "courses/blocks/rich_text.html"
        label = _("Text")
        preview_value = (
            "<p>Lay a strip of paper from A to B. Wherever a contour meets the edge, "
            "make a tick and write its height. <b>Only the ticks</b>: do not look at the hill.</p>"
        )
        description = _("Paragraphs, lists and links")


class QuoteBlock(StructBlock):
    text = TextBlock(label=_("Text"))
    source = CharBlock(
        required=False,
        max_length=255,
        label=_("Source"),
        help_text=_("Who said or wrote it, and where."),
    )

    class Meta:
        label = _("Quote")
        icon = "openquote"
        template = "courses/blocks/quote.html"
        preview_value = {
            "text": "A map is a promise made to somebody who is not in the room.",
            "source": "Lesson 1.1",
        }
        description = _("Somebody else's words")


# Names of languages are the same in every language.
CODE_LANGUAGES = [
    ("text", _("Plain text")),
    ("bash", _("Shell")),
    ("css", "CSS"),
    ("html", "HTML"),
    ("javascript", "JavaScript"),
    ("json", "JSON"),
    ("python", "Python"),
    ("r", "R"),
    ("sql", "SQL"),
]


class CodeValue(StructValue):
    @property
    def language_label(self) -> str:
        return str(dict(CODE_LANGUAGES).get(self["language"], _("Plain text")))


class SourceBlock(TextBlock):
    """Shown as it was typed, whatever it looks like."""


class CodeBlock(StructBlock):
    """Shown as it was typed, in a monospaced face."""

    language = ChoiceBlock(choices=CODE_LANGUAGES, default="text", label=_("Language"))
    code = SourceBlock(label=_("Code"))
    caption = CharBlock(required=False, max_length=255, label=_("Caption"))

    class Meta:
        label = _("Code")
        icon = "code"
        template = "courses/blocks/code.html"
        value_class = CodeValue
        preview_value = {
            "language": "sql",
            "code": "SELECT city, count(*)\nFROM orders\nGROUP BY city;",
            "caption": "One row for each city",
        }
        description = _("Source code or terminal output")


# Label, icon of the site's sprite, and tone of each kind.
CALLOUTS = {
    "note": (pgettext_lazy("callout", "Note"), "info", ""),
    "tip": (pgettext_lazy("callout", "Tip"), "lightbulb", "good"),
    "warning": (pgettext_lazy("callout", "Warning"), "triangle-alert", "warm"),
    "exercise": (pgettext_lazy("callout", "Exercise"), "pencil", ""),
}


class CalloutValue(StructValue):
    @property
    def kind_label(self) -> str:
        return str(CALLOUTS.get(self["kind"], CALLOUTS["note"])[0])

    @property
    def icon(self) -> str:
        return CALLOUTS.get(self["kind"], CALLOUTS["note"])[1]

    @property
    def tone(self) -> str:
        return CALLOUTS.get(self["kind"], CALLOUTS["note"])[2]


class CalloutBlock(StructBlock):
    kind = ChoiceBlock(
        choices=[(kind, look[0]) for kind, look in CALLOUTS.items()],
        default="note",
        label=_("Kind"),
    )
    title = CharBlock(required=False, max_length=255, label=_("Title"))
    text = ProseBlock(features=NOTE_FEATURES, label=_("Text"))

    class Meta:
        label = _("Callout")
        icon = "info-circle"
        template = "courses/blocks/callout.html"
        value_class = CalloutValue
        preview_value = {
            "kind": "exercise",
            "title": "Ten minutes outdoors",
            "text": "<p>Walk to the nearest corner, count your steps and write them down.</p>",
        }
        description = _("A note, tip, warning or exercise set apart")


# Migrations know it by the name of what it is.
DECONSTRUCT_ALIASES = {SourceBlock: "wagtail.blocks.TextBlock"}
