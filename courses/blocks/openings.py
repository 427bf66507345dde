"""How a lesson begins, as plain text: for whoever has not opened it yet."""

from itertools import takewhile

from bs4 import BeautifulSoup
from wagtail.blocks import StreamValue

from courses.words.cutting import shorten, whole_sentences

from .text import QuoteBlock, ReadingBlock
from .walk import children

PARAGRAPHS = 2
LONGEST_PARAGRAPH = 420
FORMULA = "<embed "  # as rich text stores one


def opening(body: StreamValue) -> list[str]:
    """The first two paragraphs of a body as plain text, cut at the end of a sentence.

    A quotation counts as one, since the text around it leads there; anything else ends the
    opening, so that what is read together was written together. So does a paragraph with a
    formula, which plain text cannot show.
    """
    found: list[str] = []
    # As stored: its pictures and files are not asked for.
    for _index, block, value in children(body.stream_block, body.raw_data):
        if isinstance(block, QuoteBlock):
            found.append(_cut(f"“{' '.join(value['text'].split())}”"))
        elif isinstance(block, ReadingBlock):
            found += [_cut(text) for text in _plain_paragraphs(value) if text]
            if FORMULA in value:
                break
        elif found:
            break
        if len(found) >= PARAGRAPHS:
            break
    return found[:PARAGRAPHS]


def _plain_paragraphs(html: str) -> list[str]:
    """Paragraphs up to the first that holds a formula."""
    soup = BeautifulSoup(html, "html.parser")
    plain = takewhile(lambda paragraph: not paragraph.find("embed"), soup.find_all("p"))
    return [" ".join(paragraph.get_text().split()) for paragraph in plain]


def _cut(text: str) -> str:
    return whole_sentences(text, LONGEST_PARAGRAPH) or shorten(text, LONGEST_PARAGRAPH)
