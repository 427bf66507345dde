"""Quiz questions: single choice, multiple choice, and true or false.

Every question answers the same four things through its value: ``prompt`` (HTML), ``choices``
(a list of ``Choice``), ``correct_keys`` (the keys that must be picked, no more and no less) and
``hint_list`` (HTML, in the order they are shown). Keys are stable across edits of the wording, so
an attempt can say what was picked. Templates show ``key`` and ``text`` only.
"""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import (
    BooleanBlock,
    ChoiceBlock,
    StructBlock,
    StructBlockValidationError,
    StructValue,
)
from wagtail.rich_text import RichText

from courses.formulas.stored import FEATURE as FORMULA

from .formulas import LinesBlock, ProseBlock, WordsBlock
from .lists import CountedList, words_of_adding

PROMPT_FEATURES = ["bold", "italic", "code", "superscript", "subscript", "ol", "ul", FORMULA]
MOST_HINTS = 5


@dataclass(frozen=True)
class Choice:
    """One answer a learner may pick. ``correct`` and ``feedback`` never leave the server."""

    key: str
    text: str
    correct: bool
    feedback: str


class OptionBlock(StructBlock):
    text = WordsBlock(max_length=1000, label=_("Text"))
    correct = BooleanBlock(required=False, label=_("Correct"))
    feedback = LinesBlock(
        required=False,
        max_length=2000,
        label=_("Feedback"),
        help_text=_("Shown after answering, when this was picked."),
    )

    class Meta:
        icon = "radio-empty"
        label_format = "{text}"


def say_the_same(texts: Iterable[str]) -> bool:
    """Whether two of the texts look alike on the page; what is empty is still to be written.

    White space runs together there, and a letter looks the same however it is composed. Case
    stays: mW is not MW, Aa not AA, Co not CO.
    """
    seen = [unicodedata.normalize("NFC", " ".join(text.split())) for text in texts]
    written = [text for text in seen if text]
    return len(set(written)) < len(written)


NEW_OPTION = {"text": "", "correct": False, "feedback": ""}


class QuestionValue(StructValue):
    """What all questions share."""

    @property
    def hint_list(self) -> list[RichText]:
        return [hint for hint in self.get("hints") or [] if hint]


class OptionsValue(QuestionValue):
    @property
    def prompt(self) -> RichText:
        return self["question"]

    @property
    def choices(self) -> list[Choice]:
        return [
            Choice(child.id, child.value["text"], child.value["correct"], child.value["feedback"])
            for child in self["options"].bound_blocks
        ]

    @property
    def correct_keys(self) -> frozenset[str]:
        return frozenset(choice.key for choice in self.choices if choice.correct)


def hints_block() -> CountedList:
    """Hints of a question, shown one by one to whoever asks for them."""
    return CountedList(
        ProseBlock(features=PROMPT_FEATURES, label=_("Hint")),
        default=[],
        max_num=MOST_HINTS,
        form_attrs=words_of_adding(_("Add a hint")),
        label=_("Hints"),
        help_text=_("A learner opens them one after the other, the most helpful last."),
    )


class OptionsQuestionBlock(StructBlock):
    """What single and multiple choice share."""

    question = ProseBlock(features=PROMPT_FEATURES, label=_("Question"))
    options = CountedList(
        OptionBlock(),
        min_num=2,
        default=[NEW_OPTION] * 2,
        label=_("Options"),
        help_text=_("A formula is written \\(x^2\\)."),
        form_attrs=words_of_adding(_("Add an option")),
    )
    hints = hints_block()
    explanation = ProseBlock(
        required=False,
        features=PROMPT_FEATURES,
        label=_("Explanation"),
        help_text=_("Shown to everybody after answering."),
    )

    def check_correct(self, count: int) -> str | None:
        """A sentence when ``count`` correct options cannot be, else None."""
        raise NotImplementedError(f"{type(self).__name__} must say how many may be correct")

    def clean(self, value: OptionsValue) -> OptionsValue:
        value = super().clean(value)
        # A draft may be half written; submitting the course asks for the whole.
        complaint: str | None = None
        if not self.is_deferred_validation:
            complaint = self.check_correct(len(value.correct_keys))
        if not complaint and say_the_same(choice.text for choice in value.choices):
            complaint = gettext("Two options say the same. Change or remove one.")
        if complaint:
            raise StructBlockValidationError(block_errors={"options": ValidationError(complaint)})
        return value


class SingleChoiceBlock(OptionsQuestionBlock):
    multiple = False

    class Meta:
        icon = "radio-full"
        template = "courses/blocks/single_choice.html"
        value_class = OptionsValue
        label = _("Quiz question: one right answer")
        description = _("One answer is right")
        preview_value = {
            "question": "<p>Two contours nearly touch. What is the ground like there?</p>",
            "options": [
                {"text": "Steep", "correct": True, "feedback": ""},
                {"text": "Flat", "correct": False, "feedback": ""},
            ],
            "hints": [],
            "explanation": "",
        }

    def check_correct(self, count: int) -> str | None:
        return None if count == 1 else gettext("Mark exactly one option as correct.")


class MultipleChoiceBlock(OptionsQuestionBlock):
    multiple = True

    class Meta:
        icon = "tasks"
        template = "courses/blocks/multiple_choice.html"
        value_class = OptionsValue
        label = _("Quiz question: several right answers")
        description = _("One or more answers are right")
        preview_value = {
            "question": "<p>Which of these belong on every map?</p>",
            "options": [
                {"text": "A scale", "correct": True, "feedback": ""},
                {"text": "A date", "correct": True, "feedback": ""},
                {"text": "A compass rose with dolphins", "correct": False, "feedback": ""},
            ],
            "hints": [],
            "explanation": "",
        }

    def check_correct(self, count: int) -> str | None:
        return None if count else gettext("Mark at least one option as correct.")


TRUE = pgettext_lazy("answer to a statement", "True")
FALSE = pgettext_lazy("answer to a statement", "False")


class TrueFalseValue(QuestionValue):
    @property
    def prompt(self) -> RichText:
        return self["statement"]

    @property
    def choices(self) -> list[Choice]:
        return [
            Choice("true", str(TRUE), self["answer"] == "true", self["feedback_true"]),
            Choice("false", str(FALSE), self["answer"] == "false", self["feedback_false"]),
        ]

    @property
    def correct_keys(self) -> frozenset[str]:
        return frozenset([self["answer"]])


class TrueFalseBlock(StructBlock):
    multiple = False

    statement = ProseBlock(features=PROMPT_FEATURES, label=_("Statement"))
    answer = ChoiceBlock(
        choices=[("true", TRUE), ("false", FALSE)], default="true", label=_("Answer")
    )
    feedback_true = LinesBlock(
        required=False,
        max_length=2000,
        label=_("To those who answered “True”"),
    )
    feedback_false = LinesBlock(
        required=False,
        max_length=2000,
        label=_("To those who answered “False”"),
    )
    hints = hints_block()
    explanation = ProseBlock(
        required=False,
        features=PROMPT_FEATURES,
        label=_("Explanation"),
        help_text=_("Shown to everybody after answering."),
    )

    class Meta:
        icon = "check"
        template = "courses/blocks/true_false.html"
        value_class = TrueFalseValue
        label = _("Quiz question: true or false")
        description = _("A statement that holds or does not")
        preview_value = {
            "statement": "<p>A dotted contour is a mistake of the printer.</p>",
            "answer": "false",
            "feedback_true": "",
            "feedback_false": "",
            "hints": [],
            "explanation": "",
        }
