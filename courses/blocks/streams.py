"""What may appear where."""

from typing import ClassVar

from wagtail.blocks import CharBlock, StreamBlock

from .drafts import ValidatedApart
from .media import ImageBlock, VideoBlock
from .questions import MultipleChoiceBlock, SingleChoiceBlock, TrueFalseBlock
from .resources import DownloadsBlock, ResourceBlock
from .text import CalloutBlock, CodeBlock, HeadingBlock, QuoteBlock, ReadingBlock


class ItemStream(ValidatedApart, StreamBlock):
    """Short lines of text, one below the other."""

    item = CharBlock(max_length=200)


class LessonStream(ValidatedApart, StreamBlock):
    """The body of a lesson. A block's name is also its template's, icon's and CSS block's."""

    question_types: ClassVar[frozenset[str]] = frozenset(
        {"single_choice", "multiple_choice", "true_false"}
    )
    reading_types: ClassVar[frozenset[str]] = frozenset({"rich_text", "quote", "code", "image"})

    heading = HeadingBlock(group="Text")
    rich_text = ReadingBlock(group="Text")
    quote = QuoteBlock(group="Text")
    code = CodeBlock(group="Text")
    callout = CalloutBlock(group="Text")
    image = ImageBlock(group="Media")
    video = VideoBlock(group="Media")
    resource = ResourceBlock(group="To take away")
    downloads = DownloadsBlock(group="To take away")
    single_choice = SingleChoiceBlock(group="Quiz")
    multiple_choice = MultipleChoiceBlock(group="Quiz")
    true_false = TrueFalseBlock(group="Quiz")
