"""Formulas as rich text stores them: ``<embed embedtype="formula" tex="…" mathml="…"/>``."""

import re
from html import unescape

from django.utils.html import escape, strip_tags
from django.utils.translation import gettext as _
from wagtail.rich_text.rewriters import FIND_EMBED_TAG, extract_attrs

from .delimiters import Typed, split_typed
from .formula import Formula, read_formula

FEATURE = "formula"  # as lists of features name it

# Tags but for a break, which may stand in a formula of several lines.
_TAGS = re.compile(r"(<(?!br\b)[^>]*>)")
_BREAK = re.compile(r"<br\b[^>]*>")
_AS_TYPED = re.compile(r"<(/?)(code|a)\b")  # code stays code; the editor has no formula in a link
_CODE = re.compile(r"<code\b[^>]*>.*?</code>", re.DOTALL)
_LINE_ENDS = re.compile(r"</(?:p|li|h[1-6])>|<(?:br|hr)\b[^>]*>")
_COMMENT = re.compile(r"(?<!\\)%[^\n]*(?:\n|$)")


def formula_html(tex: str) -> str:
    """A formula as rich text stores it."""
    return _embed(read_formula(one_line(tex)))


def _embed(formula: Formula) -> str:
    return (
        f'<embed embedtype="{FEATURE}" tex="{escape(formula.tex)}" '
        f'mathml="{escape(formula.mathml)}"/>'
    )


def set_typed_formulas(html: str) -> str:
    r"""Rich text with the formulas set that were typed between ``\(`` and ``\)``.

    One that cannot be read stays as it was typed, and so does one that other marks part.
    """
    parts = _TAGS.split(html)
    inside: list[str] = []  # what leaves formulas as they are
    for place, part in enumerate(parts):
        if tag := _AS_TYPED.match(part):
            if tag[1]:
                inside = inside[:-1]
            elif not part.endswith("/>"):
                inside = [*inside, tag[2]]
        elif not inside and not _TAGS.match(part):
            parts[place] = "".join(_set(typed) for typed in split_typed(part))
    return "".join(parts)


def _set(part: str | Typed) -> str:
    if not isinstance(part, Typed):
        return part
    formula = read_formula(one_line(unescape(_BREAK.sub("\n", part.tex))))
    return part.written if formula.complaint else _embed(formula)


def words_beside_formulas(html: str) -> str:
    """What stands in rich text as words, a paragraph a line: neither set formulas nor code."""
    words = _CODE.sub(" ", FIND_EMBED_TAG.sub(" ", html))
    return unescape(strip_tags(_LINE_ENDS.sub("\n", words)))


def plain_formulas(html: str) -> str:
    """Rich text as stored, each formula as its TeX: for whoever reads, compares or counts words."""
    return FIND_EMBED_TAG.sub(lambda tag: escape(_tex_of(tag[1])) or tag[0], html)


def complaints_in(html: str) -> list[str]:
    """What is wrong with formulas in stored rich text, each sentence once."""
    found = []
    for tag in FIND_EMBED_TAG.finditer(html):
        attributes = extract_attrs(tag[1])
        if attributes.get("embedtype") == FEATURE and not attributes.get("mathml"):
            tex = tex_in(attributes)
            told = _("Formula “%(tex)s”: %(complaint)s")
            found.append(told % {"tex": tex[:40], "complaint": read_formula(tex).complaint})
    return list(dict.fromkeys(found))


def one_line(tex: str) -> str:
    """TeX as it stands in a paragraph, which has no lines: a comment would hide what follows."""
    return " ".join(_COMMENT.sub("", tex).split())


def tex_in(attributes: dict[str, str]) -> str:
    """The TeX of a stored formula; Wagtail leaves apostrophes in attributes as they are stored."""
    return attributes.get("tex", "").replace("&#x27;", "'")


def _tex_of(attributes: str) -> str:
    found = extract_attrs(attributes)
    return tex_in(found) if found.get("embedtype") == FEATURE else ""
