"""What Temml wrote, as MathML Core and nothing else: elements and attributes of two short lists.

Temml dresses what Core cannot say with style attributes and classes of its own sheet. Pages have
neither: a style becomes an attribute of Core where there is one, or a class of ours
(``static/css/courses/formulas.css``) where there is none, and is dropped elsewhere. Colours are
dropped: pages are read by day and by night, and no colour is seen on both papers. What is on no
list was not foreseen, so it is refused rather than shown.
"""

import re
from collections.abc import Iterator

from lxml import etree

MOST_CHARACTERS = 60_000  # of MathML; a page of formulas has some 2,000 each

ELEMENTS = {
    *("math", "semantics", "annotation", "mrow", "mi", "mn", "mo", "mtext", "mspace", "mfrac"),
    *("msqrt", "mroot", "mstyle", "mpadded", "mphantom", "msub", "msup", "msubsup", "munder"),
    *("mover", "munderover", "mmultiscripts", "mprescripts", "none", "mtable", "mtr", "mtd"),
}
ATTRIBUTES = {
    *("accent", "accentunder", "columnspan", "depth", "display", "displaystyle", "encoding"),
    *("fence", "form", "height", "largeop", "linethickness", "lspace", "maxsize", "minsize"),
    *("movablelimits", "rowspan", "rspace", "scriptlevel", "separator", "stretchy", "symmetric"),
    *("voffset", "width"),
}
CLASSES = {
    "tml-left": "math-left",
    "tml-right": "math-right",
    "tml-center": "math-center",
    "tml-jot": "math-spread",
    "tml-small": "math-close",
    "tml-tag": "math-tag",
    "tml-overline": "math-above",
    "tml-underline": "math-below",
    "tml-fbox": "math-boxed",
    "tml-prime": "math-prime",
    "upstrike": "math-struck-up",
    "downstrike": "math-struck-down",
    "tml-xcancel": "math-struck-out",
    "sout": "math-struck",
}
# Classes by which Temml's own sheet mends the fonts and faults of single browsers.
NEEDLESS = re.compile(
    r"tml-(?:display|(?:sml|med|lrg)-pad|vec|tageqn|cancel|eqn|shift-left|(?:tilde|hat)-\d)"
    r"|(?:chr|wbk|ff)-[a-z-]+|math(?:cal|scr)"
)
# Lines and paddings of tables, by what the style says.
STYLES = (
    (re.compile(r"border-top:"), "math-above"),
    (re.compile(r"border-bottom:"), "math-below"),
    (re.compile(r"border-left:"), "math-before"),
    (re.compile(r"border-right:"), "math-after"),
    (re.compile(r"(?<![-\w])border:"), "math-boxed"),
    (re.compile(r"padding-left:0[a-z]+;"), "math-flush-start"),
    (re.compile(r"padding-right:0[a-z]+;"), "math-flush-end"),
    (re.compile(r"margin-left:-"), "math-pulled"),
    (re.compile(r"text-align:left"), "math-left"),
    (re.compile(r"font-weight:bold"), "math-bold"),
)
_STRIKES = {"math-struck-up", "math-struck-down", "math-struck-out", "math-struck"}
_STRUCK = "struck"  # a note on an element, until it is cleaned itself
_DEPTH = re.compile(r"math-depth:\s*(\d);")


class Unforeseen(ValueError):
    """Something that is not on the lists."""


def core(temml: str) -> str:
    """MathML Core of what Temml wrote, its TeX in an annotation. Raises Unforeseen."""
    if len(temml) > MOST_CHARACTERS:
        raise Unforeseen("longer than a formula")
    try:
        math = etree.fromstring(temml, etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError as error:
        raise Unforeseen(str(error)) from error
    if math.tag != "math":
        raise Unforeseen(f"<{math.tag}> is no formula")
    # Children first: what strikes out moves to a parent whose own classes are not read again.
    for element in reversed(list(math.iter())):
        _clean(element)
    return etree.tostring(math, encoding="unicode", method="html")


def is_empty(mathml: str) -> bool:
    """Whether there is nothing to see but the annotation."""
    shown = mathml.partition("<annotation")[0]
    return not re.search(r"<(?:mi|mn|mo|mtext|mspace|mfrac|msqrt|mtable)\b", shown)


def _clean(element: etree._Element) -> None:
    if not isinstance(element.tag, str):
        raise Unforeseen("a comment or an instruction")
    classes = list(_classes_of(element))
    classes += element.attrib.pop(_STRUCK, "").split()
    if element.tag == "menclose":  # not of Core: its notation is drawn by a class
        element.tag = "mrow"
    parent = element.getparent()
    if parent is not None and not len(element) and any(name in _STRIKES for name in classes):
        # Temml strikes out by an empty element that lies over its neighbours.
        parent.set(_STRUCK, " ".join(classes))
        parent.remove(element)
        return
    if element.tag not in ELEMENTS:
        raise Unforeseen(f"<{element.tag}>")
    style = element.get("style", "")
    depth = _DEPTH.search(style)
    for name in set(element.attrib):
        is_upright = name == "mathvariant" and element.get(name) == "normal"
        if name not in ATTRIBUTES and not is_upright:
            del element.attrib[name]
    if depth:
        element.set("scriptlevel", depth[1])
    if classes:
        element.set("class", " ".join(dict.fromkeys(classes)))


def _classes_of(element: etree._Element) -> Iterator[str]:
    for name in (element.get("class") or "").split():
        if name in CLASSES:
            yield CLASSES[name]
        elif not NEEDLESS.fullmatch(name):
            raise Unforeseen(f"class {name}")
    style = element.get("style", "")
    for pattern, name in STYLES:
        if pattern.search(style):
            yield name
    if element.tag == "mspace" and element.get("mathbackground"):
        yield "math-rule"
