"""Reading a page in a pseudo-language: which of its words nobody has marked.

Every marked text stands between ⟦ and ⟧ there. What stands outside is either a course's, a
person's or an admin's own words, which are rows of the database, or was forgotten.
"""

import json
import re
from collections.abc import Iterator
from contextlib import suppress
from html import unescape

from bs4 import BeautifulSoup, CData, NavigableString
from bs4.element import PreformattedString
from django.apps import apps
from django.db import models
from wagtail.fields import StreamField

from courses.templatetags.interface import initials, short_name
from learners.models import User

OPENS, CLOSES = "⟦", "⟧"
ATTRIBUTES = ("alt", "title", "aria-label", "placeholder", "data-label", "data-copied")
# Names of things, the same in every language.
NAMES = {"Perfomix", "Wagtail", "Stripe", "YouTube", "Vimeo", "PDF", "CSV", "XLSX", "UTC"}
# Code, keys of a keyboard, and lists of names that are not translated: languages, time zones.
NO_WORDS = ["script", "style", "code", "kbd"]
# A page of this site or another, the name of a file or of a model, the key of a row, a zone.
ADDRESS = (
    r"(?:https?:/)?/\S*|\S+\.webp\b|\b(?:courses|home)\.[a-z]+page\b|[0-9a-f-]{36}"
    r"|\(UTC(?:[+−][\d:]+)?\)"
)
# What stands around people's words, and between them.
AROUND = " ,;:()[]·–—→↳“”\"'…-+\u2068\u2069"
SENTENCE = 60  # letters that are no label of ours
BETWEEN = (" [·–—|→-] ", ": ", ", ")
NAMED = re.compile("preferred_language")
ZONES = re.compile("time_zone")  # cities, as the database of zones calls them
# What is written by the product rather than by a person.
NOT_THEIRS = {"contenttypes", "auth.permission", "wagtailsearch", "courses.outboxmail"}


def unmarked(page: BeautifulSoup, theirs: "Theirs") -> Iterator[str]:
    """The texts of ``page`` that are neither marked nor somebody's own words.

    Takes out of ``page`` what holds no words.
    """
    wordless = [*page.find_all("select", {"name": NAMED}), *page.find_all("datalist", id=ZONES)]
    for tag in [*page.find_all(NO_WORDS), *wordless]:
        tag.decompose()
    for text in [*_outside(_visible(page)), *_attributes(page)]:
        words = " ".join(re.sub(ADDRESS, "", text).split())
        if has_words(words) and not theirs.hold(words):
            yield words


def _visible(page: BeautifulSoup) -> Iterator[str]:
    for node in page.descendants:
        if not isinstance(node, NavigableString):
            continue
        if isinstance(node, PreformattedString) and not isinstance(node, CData):
            continue
        yield str(node)


def _outside(texts: Iterator[str]) -> Iterator[str]:
    """What stands outside every pair of marks; a pair may span many pieces of text."""
    depth = 0
    for text in texts:
        piece = ""
        for letter in text:
            depth += (letter == OPENS) - (letter == CLOSES)
            if depth:
                yield piece
                piece = ""
            elif letter != CLOSES:
                piece += letter
        yield piece


def _attributes(page: BeautifulSoup) -> Iterator[str]:
    for tag in page.find_all(True):
        for name in ATTRIBUTES:
            if tag.get(name):
                yield from _outside(iter([str(tag[name])]))
        if tag.name == "input" and tag.get("type") in ("submit", "button"):
            yield from _outside(iter([tag.get("value", "")]))
        for block in _editors_words(tag.get("data-block")):
            yield from _outside(iter([block]))
        if tag.name == "meta" and tag.get("name") == "description":
            yield from _outside(iter([tag.get("content", "")]))


def _editors_words(block: object) -> Iterator[str]:
    """Labels and hints of blocks, which Wagtail's script shows from JSON."""
    if isinstance(block, str):
        with suppress(ValueError):  # not every attribute of that name is JSON
            yield from _editors_words(json.loads(block))
        return
    if isinstance(block, list):
        for part in block:
            yield from _editors_words(part) if not isinstance(part, str) else ()
    elif isinstance(block, dict):
        for key, value in block.items():
            if key in ("label", "helpText", "blockGroup") and isinstance(value, str):
                yield value
            elif not isinstance(value, str):
                yield from _editors_words(value)


class Theirs:
    """The words of people: every text in a row that is no choice of ours."""

    def __init__(self) -> None:
        self.texts: set[str] = set(NAMES)
        for model in apps.get_models():
            if {model._meta.app_label, model._meta.label_lower} & NOT_THEIRS:
                continue
            names = [field.attname for field in model._meta.concrete_fields if _is_written(field)]
            for row in model._base_manager.values_list(*names) if names else ():
                self._learn(row)
        for person in User.objects.all():
            self.texts |= {initials(person.name), short_name(person), person.get_short_name()}

    def hold(self, words: str) -> bool:
        """Is ``words`` made of theirs, and of nothing else?"""
        bare = re.sub(r"^[\d.]+ ", "", words.strip(AROUND)).strip(AROUND)
        if {words, bare} & self.texts or not has_words(bare):
            return True
        is_beginning = words.endswith("…") or len(bare) > SENTENCE
        if is_beginning and any(text.startswith(bare) for text in self.texts):
            return True  # as a list shows the beginning of something long, cut or whole sentences
        splits = (re.split(between, bare) for between in BETWEEN)
        return any(len(parts) > 1 and all(map(self.hold, parts)) for parts in splits)

    def _learn(self, value: object) -> None:
        if isinstance(value, str):
            self._learn_text(value)
        elif isinstance(value, dict):
            self._learn(list(value.values()))
        elif isinstance(value, list | tuple):
            for part in value:
                self._learn(part)

    def _learn_text(self, text: str) -> None:
        if text.startswith(("[{", "{")):
            with suppress(ValueError):  # a body is JSON, also inside the JSON of a revision
                self._learn(json.loads(text))
                return
        self.texts.add(" ".join(text.split()))
        pieces = re.split(r"<[^>]*>|\n", text)
        paragraphs = [re.sub("<[^>]*>", "", each) for each in re.findall("<p[ >].*?</p>", text)]
        # A line of a transcript begins with its time, which stands apart from its words.
        spoken = [re.sub(r"^[\d:]+ ", "", piece) for piece in pieces]
        told = [*pieces, *paragraphs, *spoken]
        self.texts |= {" ".join(unescape(piece).split()) for piece in told}


def has_words(text: str) -> bool:
    """Two letters beside each other, unless it is a code: ``BH5S-TEV5``, ``2026-01035``."""
    return bool(re.search(r"[^\W\d_]{2}", re.sub(r"\b[0-9A-Z]+(-[0-9A-Z]+)+\b", "", text)))


def _is_written(field: models.Field) -> bool:
    kinds = (models.CharField, models.TextField, models.JSONField, StreamField)
    return (
        isinstance(field, kinds) and not field.choices and not isinstance(field, models.SlugField)
    )
