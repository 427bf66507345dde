"""Fields and blocks with formulas: one by itself, plain text with some, rich text with some.

What pages show of a formula is stored beside its TeX, and set anew whenever its text comes from
a form; see ``courses.formulas``.
"""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.staticfiles import versioned_static
from wagtail.blocks import CharBlock, FieldBlock, RichTextBlock, StructBlock, TextBlock
from wagtail.rich_text import RichText, get_text_for_indexing

from courses.formulas.engine import LONGEST
from courses.formulas.formula import Formula, read_formula
from courses.formulas.stored import FEATURE, complaints_in, plain_formulas, set_typed_formulas
from courses.formulas.words import Words, complaints_of, kept_words, read_words, stored_words


class TexInput(forms.Textarea):
    """TeX, with what it looks like below it while one types."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        shown = {"rows": 3, "spellcheck": "false", "dir": "ltr", "class": "tex"}
        super().__init__({**shown, "data-controller": "formula", **(attrs or {})})

    @cached_property
    def media(self) -> forms.Media:
        return forms.Media(
            js=[versioned_static("js/courses/formulas.js")],
            css={"all": [versioned_static("css/courses/formulas.css")]},
        )


class TexBlock(FieldBlock):
    """A formula; stored as ``{"tex", "mathml"}``."""

    def __init__(
        self, required: bool = True, help_text: Any = None, display: bool = True, **kwargs: Any
    ) -> None:
        self.display = display
        self.field = forms.CharField(
            required=required, help_text=help_text, max_length=LONGEST, widget=TexInput()
        )
        super().__init__(**kwargs)

    def value_from_form(self, value: str) -> Formula:
        return read_formula(value or "", display=self.display)

    def value_for_form(self, value: Formula) -> str:
        return value.tex

    def normalize(self, value: Any) -> Formula:
        return value if isinstance(value, Formula) else self.to_python(value)

    def to_python(self, value: Any) -> Formula:
        if isinstance(value, dict):
            return Formula(value["tex"], value["mathml"])
        return read_formula(value or "", display=self.display)

    def get_prep_value(self, value: Formula) -> dict[str, str]:
        return {"tex": value.tex, "mathml": value.mathml}

    def get_form_state(self, value: Any) -> str:
        return self.normalize(value).tex

    def clean(self, value: Formula) -> Formula:
        """A draft may hold a formula that is half written; a submission may not."""
        cleaned: Formula = super().clean(value)
        if cleaned and cleaned.complaint and not self.is_deferred_validation:
            raise ValidationError(cleaned.complaint)
        return cleaned

    def get_searchable_content(self, value: Formula) -> list[str]:
        return [value.tex] if value.tex else []

    class Meta:
        default = ""
        icon = "superscript"


class _HoldsWords:
    """Plain text in which formulas stand between ``\\(`` and ``\\)``; stored as a string, or as
    ``{"text", "html"}`` with formulas in it."""

    is_deferred_validation: bool

    def value_from_form(self, value: str | None) -> Words:
        return read_words(value or "")

    def value_for_form(self, value: str | None) -> str:
        return str(value or "")

    def normalize(self, value: Any) -> Words:
        """A bare string was not stored but given just now, so its formulas are set."""
        if isinstance(value, dict | Words):
            return self.to_python(value)
        return read_words(value or "")

    def to_python(self, value: Any) -> Words:
        return kept_words(value)

    def get_prep_value(self, value: str) -> str | dict[str, str]:
        return stored_words(value)

    def get_form_state(self, value: Any) -> str:
        return str(self.normalize(value))

    def clean(self, value: Any) -> Words:
        cleaned: Words = super().clean(value)  # type: ignore[misc]  # the block's
        complaints = [] if self.is_deferred_validation else complaints_of(cleaned)
        if complaints:
            raise ValidationError(complaints)
        return cleaned


class WordsBlock(_HoldsWords, CharBlock):
    """A line of text."""


class LinesBlock(_HoldsWords, TextBlock):
    """Several lines of text."""


class ProseBlock(RichTextBlock):
    """Rich text; one that may hold formulas names them among its features."""

    @property
    def holds_formulas(self) -> bool:
        return FEATURE in (self.features or ())

    def value_from_form(self, value: str) -> RichText:
        return RichText(set_typed_formulas(value or "") if self.holds_formulas else value)

    def clean(self, value: RichText) -> RichText:
        cleaned: RichText = super().clean(value)
        complaints = [] if self.is_deferred_validation else complaints_in(cleaned.source)
        if complaints:
            raise ValidationError(complaints)
        return cleaned

    def get_searchable_content(self, value: RichText) -> list[str]:
        if not self.search_index:
            return []
        return [get_text_for_indexing(plain_formulas(value.source))]


class FormulaBlock(StructBlock):
    """A formula on a line of its own."""

    formula = TexBlock(
        label=_("TeX"),
        help_text=_(
            "As in LaTeX, without the dollars around it, such as \\frac{a}{b} or x^2. "
            "What it looks like is shown below."
        ),
    )
    caption = CharBlock(required=False, max_length=160, label=_("Caption"))

    class Meta:
        label = _("Formula")
        icon = "superscript"
        template = "courses/blocks/formula.html"
        label_format = "{formula}"
        description = _("A line of mathematics, written in TeX")
        preview_value = {
            "formula": r"\bar{x} = \frac{1}{n} \sum_{i=1}^{n} x_i",
            "caption": "The mean of n values",
        }


# Migrations know them by the name of what they are.
DECONSTRUCT_ALIASES = {
    WordsBlock: "wagtail.blocks.CharBlock",
    LinesBlock: "wagtail.blocks.TextBlock",
    ProseBlock: "wagtail.blocks.RichTextBlock",
}
