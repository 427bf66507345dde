"""What may appear where."""

from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock

from courses.formulas.budget import MOST_IN_A_LESSON, at_most

from .drafts import ValidatedApart
from .formulas import FormulaBlock
from .lists import LONGEST_LINE, MOST_BLOCKS, MOST_LINES, CountedStream, words_of_adding
from .media import ImageBlock, VideoBlock
from .questions import MultipleChoiceBlock, SingleChoiceBlock, TrueFalseBlock
from .resources import DownloadsBlock, ResourceBlock
from .tables import MOST_TABLES, TableBlock
from .text import CalloutBlock, CodeBlock, HeadingBlock, QuoteBlock, ReadingBlock


class ItemStream(ValidatedApart, CountedStream):
    """Short lines of text, one below the other."""

    item = CharBlock(max_length=LONGEST_LINE, label=_("Line"))

    def value_from_datadict(self, data: Any, files: Any, prefix: str) -> Any:
        """Lines that nobody wrote on are none."""
        lines = super().value_from_datadict(data, files, prefix)
        for place in reversed(range(len(lines))):
            if not (lines[place].value or "").strip():
                del lines[place]
        return lines

    class Meta:
        max_num = MOST_LINES
        form_attrs = words_of_adding(_("Add a line"))


def lines_of(stream: Any) -> list[str]:
    """What stands on the lines of a list; older lists may hold empty ones."""
    return [line for block in stream if (line := str(block.value or "").strip())]


class LessonStream(ValidatedApart, CountedStream):
    """The body of a lesson. A block's name is also its template's and CSS block's."""

    question_types: ClassVar[frozenset[str]] = frozenset(
        {"single_choice", "multiple_choice", "true_false"}
    )
    reading_types: ClassVar[frozenset[str]] = frozenset(
        {"rich_text", "quote", "code", "formula", "table", "image"}
    )

    def value_from_datadict(self, data: Any, files: Any, prefix: str) -> Any:
        with at_most(MOST_IN_A_LESSON):
            return super().value_from_datadict(data, files, prefix)

    heading = HeadingBlock(group=_("Text"))
    rich_text = ReadingBlock(group=_("Text"))
    quote = QuoteBlock(group=_("Text"))
    code = CodeBlock(group=_("Text"))
    formula = FormulaBlock(group=_("Text"))
    table = TableBlock(group=_("Text"))
    callout = CalloutBlock(group=_("Text"))
    image = ImageBlock(group=_("Media"))
    video = VideoBlock(group=_("Media"))
    resource = ResourceBlock(group=_("To take away"))
    downloads = DownloadsBlock(group=_("To take away"))
    single_choice = SingleChoiceBlock(group=_("Quiz"))
    multiple_choice = MultipleChoiceBlock(group=_("Quiz"))
    true_false = TrueFalseBlock(group=_("Quiz"))

    class Meta:
        max_num = MOST_BLOCKS
        form_attrs = words_of_adding(_("Add a block"))
        block_counts = {"table": {"max_num": MOST_TABLES}}
