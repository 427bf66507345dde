"""Read a fragment where only words can stand: a question, an explanation, a hint."""

import re
from xml.etree.ElementTree import Element

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.exchange.large_tables import LISTED, as_list
from courses.exchange.neutral import (
    Code,
    Equation,
    Heading,
    ImportedComponent,
    Note,
    Picture,
    Piece,
    Prose,
    Quotation,
    Table,
)
from courses.exchange.words import escape, paragraph, with_formulas
from courses.exchange.xml import inner_html

from .links import Links
from .markup import read_markup

NAMED = gettext_lazy("a picture where only words can stand is named by its description")
LOST_MEDIUM = gettext_lazy("a file or film where only words can stand is named by its title")


def html_of(element: Element, links: Links, component: ImportedComponent) -> str:
    """The words inside an XML element, as paragraphs and lists."""
    return read_inline(inner_html(element), links, component)


def read_inline(markup: str, links: Links, component: ImportedComponent) -> str:
    """The words of a fragment, as paragraphs and lists; the component is told what else there was.

    What takes no part in a sentence is named by its words.
    """
    read = read_markup(markup, links)
    for reason in read.reasons:
        component.degrade(reason)
    return "".join(_words(piece, component) for piece in read.pieces)


def _words(piece: Piece, component: ImportedComponent) -> str:
    match piece:
        case Prose(html=markup):
            return markup
        case Heading(text=text):
            return f"<p><b>{with_formulas(text)}</b></p>"
        case Equation(tex=tex):
            return f"<p><tex>{escape(tex)}</tex></p>"
        case Table():
            component.degrade(LISTED)
            return as_list(piece)
        case Code(text=text):
            return f"<p><code>{'<br/>'.join(map(escape, text.splitlines()))}</code></p>"
        case Quotation(text=text, source=source):
            lines = "".join(map(paragraph, re.split(r"\n+", text)))
            return lines + (paragraph(source) if source else "")
        case Note(html=markup, title=title):
            return (f"<p><b>{escape(title)}</b></p>" if title else "") + markup
        case Picture(alt=alt, caption=caption):
            component.degrade(NAMED)
            return paragraph(" ".join(filter(None, [alt or _("Picture"), caption])))
        case _:
            component.degrade(LOST_MEDIUM)
            return paragraph(getattr(piece, "title", ""))
