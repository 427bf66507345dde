"""Compare what people read in an export with what came of it, component by component.

Both sides are read without the importer's own readers of texts: the source from its XML and HTML,
the result from the raw blocks that were built. A fragment is one text or one attribute that people
read; it came along when its letters stand, in a row, in the words built from its component. What
did not must stand in the report: under the component's name when it was left out, else by one of
its reasons, which `EXPLAINED` ties to the elements that it speaks of.
"""

import html
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import lxml.etree
import lxml.html

from courses.exchange.archive import Archive

# What people read besides texts; of typed answers, what they are compared with.
READ = {
    "body", "caption", "display_name", "explanation", "label", "summary", "title",
    "trailing_text", "options",
}  # fmt: skip
READ_IN = {
    "alt": {"img", "area"},
    "feedback": {"poll", "survey"},
    "answer": {"stringresponse", "numericalresponse", "additional_answer", "stringequalhint"},
}
READ_AS_JSON = {"answers", "question", "questions"}
# Not for readers: programs, styles, heads of pages, and what stands in for a script.
SILENT = {"script", "style", "link", "meta", "head", "template", "noscript", "answer", "object"}
SILENT_KINDS = {
    "html",
    "library_content",
    "split_test",
    "conditional",
}  # titles of the studio's own

# The start of a reason: the elements whose words it gives up.
EXPLAINED = {
    "feedback for combinations of options": {"booleanhint"},
    "buttons and fields that worked only through its script": {
        "button", "input", "select", "textarea", "canvas", "progress", "meter", "output",
    },
    "a drawing written in the page": {"svg"},
    "a very large table was left out": {"table"},
    "one part, ": {
        "customresponse", "imageresponse", "schematicresponse", "jsmeresponse", "coderesponse",
        "annotationresponse", "externalresponse", "symbolicresponse", "javascriptresponse",
        "choicetextresponse",
    },
    "its numbers or words come from a script": {"problem"},
    "an accepted answer that comes from a script": {"@answer"},
    "a text too long for its field was shortened": {"@title", "@display_name", "choice"},
}  # fmt: skip

# Beside the TeX of a formula, or the text that holds it, what pages show of it.
SET = {"mathml", "html"}
_FORMULA = re.compile(r'<embed embedtype="formula" tex="([^"]*)"[^>]*>')
# Written by the studio above each solution; the block here has this heading of its own.
_HEAD = re.compile(r"\s*(Explanation|Solution):?\s*$")
_NOT_WORDS = re.compile(r"%%[A-Z_]+%%|\[/?mathjax(?:inline)?\]|https?://\S+")


@dataclass(frozen=True)
class Fragment:
    """One text, and the elements it stands in, from the outside in."""

    path: tuple[str, ...]
    text: str

    @property
    def letters(self) -> str:
        return letters_of(self.text)


def letters_of(text: str) -> str:
    """The letters and digits alone: how a text is spaced and punctuated may change."""
    return "".join(re.findall(r"[^\W_]+", _NOT_WORDS.sub(" ", text))).casefold()


class SourceCourse:
    """The components of an export by kind and name, wherever they are written."""

    def __init__(self, archive: Archive) -> None:
        self.archive = archive
        nearest = min((n for n in archive.names if n.split("/")[-1] == "course.xml"), key=len)
        self.root = nearest.removesuffix("course.xml")
        self.elements: dict[tuple[str, str], tuple[Any, str]] = {}
        names = [name for name in archive.names if name.endswith(".xml")]
        for name in sorted(names, key=lambda name: "drafts/" in name):
            if not name.startswith((f"{self.root}about/", f"{self.root}static/")):
                self._learn(name)

    def _learn(self, name: str) -> None:
        try:
            root = lxml.etree.fromstring(self.archive.read(name))
        except lxml.etree.XMLSyntaxError:
            return
        if not root.get("url_name"):
            root.set("url_name", name.rsplit("/", maxsplit=1)[-1].removesuffix(".xml"))
        home = f"{self.root}drafts/" if name.startswith(f"{self.root}drafts/") else self.root
        for element in root.iter(lxml.etree.Element):
            if element.get("url_name") and (len(element) or len(element.attrib) > 1):
                key = (str(element.tag), element.get("url_name").replace("/", ":"))
                self.elements.setdefault(key, (element, home))

    def fragments(self, kind: str, url_name: str) -> list[Fragment]:
        """What people read in the component; of a container, what is its own."""
        element, home = self.elements[kind, url_name.replace("/", ":")]
        found = list(_fragments(element, ()))
        if kind == "html" and (name := element.get("filename")):
            page = self.archive.read(f"{home}html/{name.replace(':', '/')}.html")
            tree = lxml.html.fragment_fromstring(
                _legible(page),
                create_parent="html",
                parser=lxml.html.HTMLParser(huge_tree=True),
            )
            found += _fragments(tree, ())
        return [piece for piece in found if piece.letters]


def _legible(page: bytes) -> str:
    return page.decode("utf-8-sig", "replace").replace("\x00", "") or " "


def _fragments(element: Any, above: tuple[str, ...]) -> Iterator[Fragment]:
    tag = str(element.tag)
    path = (*above, tag)
    for name, value in element.attrib.items():
        if name in ("display_name", "title") and not above and tag in SILENT_KINDS:
            continue
        if name in READ_AS_JSON:
            yield from (Fragment((*path, f"@{name}"), text) for text in _inside_json(value))
        elif name == "answer" and tag == "stringresponse":
            yield from (Fragment((*path, "@answer"), part) for part in value.split("_or_"))
        elif name in READ or tag in READ_IN.get(name, ()):
            yield Fragment((*path, f"@{name}"), value)
    if element.text and tag == "description" and "<" in element.text:  # HTML, kept as a text
        yield from _fragments(lxml.html.fragment_fromstring(element.text, create_parent=True), path)
    elif element.text and not (tag == "p" and "solution" in above and _HEAD.match(element.text)):
        yield Fragment(path, element.text)
    for child in element:
        inner = isinstance(child.tag, str) and child.tag not in SILENT
        if child.tag == "name" and element.find("label") is not None:
            inner = False  # a key; the label is what people read
        component = child.get("url_name") if inner else None
        icon = "material-" in (child.get("class") or "") if inner else False  # names of pictures
        if inner and not component and not icon:
            yield from _fragments(child, path)
        if child.tail:
            yield Fragment(path, child.tail)


def _inside_json(value: str) -> Iterator[str]:
    try:
        written = json.loads(value)
    except ValueError:
        yield value
        return
    waiting = [written]
    while waiting:
        part = waiting.pop()
        if isinstance(part, dict):
            waiting += [part[name] for name in ("label", "img_alt") if name in part]
        elif isinstance(part, list):
            # [["R", {"label": "Red"}], …]: the first of each pair is a key.
            pairs = part and all(isinstance(pair, list) and len(pair) == 2 for pair in part)
            waiting += [pair[1] for pair in part] if pairs else part
        elif isinstance(part, str):
            yield part


def words_built(blocks: list[dict[str, Any]]) -> str:
    """The letters of everything that raw blocks say."""
    return letters_of(" ".join(_texts(blocks)))


def _texts(value: Any) -> Iterator[str]:
    match value:
        case str():
            shown = _FORMULA.sub(r" \1 ", value)  # of a formula, its TeX
            yield html.unescape(re.sub(r"<[^<>]*>", " ", shown))
        case list():
            for part in value:
                yield from _texts(part)
        case dict():
            for name, part in value.items():
                if name == "code":
                    yield str(part)  # tags are its words
                elif name not in SET and name not in (
                    "id",
                    "type",
                    "url",
                    "language",
                    "kind",
                    "level",
                ):
                    yield from _texts(part)


def gone(
    source: list[Fragment], built: str, title: str, outcome: str, told: list[str]
) -> list[Fragment]:
    """The fragments that neither the blocks nor the report account for."""
    if outcome == "left out":
        return []
    given_up = {
        tag
        for start, tags in EXPLAINED.items()
        if any(reason.startswith(start) for reason in told)
        for tag in tags
    }
    said = letters_of(" ".join(told))
    return [
        piece
        for piece in source
        if piece.letters not in built
        and piece.letters not in said
        and not given_up & set(piece.path)
    ]
