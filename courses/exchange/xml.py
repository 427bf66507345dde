"""Read XML and HTML that a stranger wrote."""

from collections.abc import Container
from xml.etree.ElementTree import Element, ParseError, tostring

import lxml.html
from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring
from django.utils.translation import gettext as _
from lxml.etree import LxmlError
from lxml.html import HtmlElement

from .errors import ImportRefused

MAX_TEXT = 8 * 1024**2  # bytes of one XML or HTML file
MAX_DEPTH = 200  # elements within elements; libxml2 stops its own HTML trees at 256


class UnreadableXML(ValueError):
    """The XML is not well-formed; whether that stops the import is the caller's to say."""


def parse_xml(data: bytes, name: str) -> Element:
    """The root Element of `data` (bytes).

    Raises UnreadableXML when it is not well-formed, and ImportRefused when it declares a document
    type or entities, which no course needs and every XML attack does.
    """
    if len(data) > MAX_TEXT:
        raise UnreadableXML(_("“%(name)s” is too large to be read.") % {"name": name})
    try:
        root: Element = fromstring(
            data, forbid_dtd=True, forbid_entities=True, forbid_external=True
        )
    except DefusedXmlException as error:
        raise ImportRefused(
            _("“%(name)s” declares a document type or entities, which is refused.")
            % {"name": name},
            code="document_type_declared",
        ) from error
    except (ParseError, ValueError, LookupError) as error:
        raise UnreadableXML(_("“%(name)s” is not well-formed XML.") % {"name": name}) from error
    if _deeper_than(root, MAX_DEPTH):
        raise UnreadableXML(_("“%(name)s” is nested too deeply to be read.") % {"name": name})
    return root


def parse_html(text: str) -> HtmlElement:
    """A `div` holding the fragment, however carelessly it was written."""
    text = "".join(letter for letter in text if letter >= " " or letter in "\n\t\r")
    if not text.strip():
        return lxml.html.Element("div")
    try:
        # Its own limits would end a tree at 256 elements within elements and drop the rest.
        parser = lxml.html.HTMLParser(huge_tree=True)
        return lxml.html.fragment_fromstring(text, create_parent="div", parser=parser)
    except (LxmlError, ValueError, AssertionError, IndexError):
        # The last two are how it says that a whole document has a head and no body.
        return lxml.html.Element("div")


def inner_html(element: Element) -> str:
    """What stands inside an XML element, as HTML text."""
    return (element.text or "") + "".join(outer_html(child) for child in element)


def outer_html(element: Element) -> str:
    """An XML element with its tail, as HTML text."""
    return tostring(element, encoding="unicode", method="html")


def text_of(element: Element) -> str:
    """The words of an XML element, with white space run together."""
    return " ".join("".join(element.itertext()).split())


def copy_without(element: Element, tags: Container[str]) -> Element:
    """A copy of the element in which descendants of these tags are gone, their tails kept."""
    copied = Element(element.tag, dict(element.attrib))
    copied.text = element.text
    copied.tail = element.tail
    for child in element:
        if child.tag in tags:
            _append_text(copied, child.tail)
        else:
            copied.append(copy_without(child, tags))
    return copied


def _append_text(parent: Element, text: str | None) -> None:
    if not text:
        return
    if len(parent):
        parent[-1].tail = (parent[-1].tail or "") + text
    else:
        parent.text = (parent.text or "") + text


def _deeper_than(root: Element, limit: int) -> bool:
    level = [root]
    for _depth in range(limit):
        level = [child for element in level for child in element]
        if not level:
            return False
    return True
