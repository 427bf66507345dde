"""Formulas as rich text stores them: ``<embed embedtype="formula" tex="…" mathml="…"/>``."""

import re

from django.utils.html import escape
from django.utils.translation import gettext as _
from wagtail.rich_text.rewriters import FIND_EMBED_TAG, extract_attrs

from .formula import read_formula

FEATURE = "formula"  # as lists of features name it

_COMMENT = re.compile(r"(?<!\\)%[^\n]*(?:\n|$)")


def formula_html(tex: str) -> str:
    """A formula as rich text stores it."""
    formula = read_formula(one_line(tex))
    return (
        f'<embed embedtype="{FEATURE}" tex="{escape(formula.tex)}" '
        f'mathml="{escape(formula.mathml)}"/>'
    )


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
