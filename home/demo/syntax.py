"""The way lessons are written down in ``content/``: plain text, one notation per block.

Front matter stands between two lines of ``---``. Then::

    ## Section, ### Subsection        heading
    text, - list, 1. list             rich_text (*em*, **strong**, `code`, [text](https://…))
    \\(x^2\\)                           a formula, in any text, heading, option or feedback
    > words                           quote; a last line "> — who" is its source
    ```sql Caption                    code, up to the next ```; "result" is output
    ::: kind argument … :::           everything else:

    ::: note|tip|warning|exercise Title      callout
    ::: quote                                quote of several lines
    ::: formula Caption / TeX                a formula on a line of its own
    ::: table Caption / | a | b | / |==|--:| a table: == names rows, --: holds numbers
    ::: image FILE / alt: / caption:
    ::: video FILE or address / title: / duration: / thumbnail: / captions:
    ::: resources / - pdf|file|link|embed: FILE or address / title: / description:
    ::: downloads Heading / - FILE | Title
    ::: single|multiple|true-false / question / ? hint / (x) right / ( ) wrong / indented feedback

``parse_lesson`` gives the body in the raw form of a StreamField, ready to be stored.
Files are named, and a ``FilesByName`` says which image or document each name is.
"""

import re
from dataclasses import dataclass, field
from typing import Any, Protocol
from uuid import UUID, uuid5

from courses.files.captions import read_cues
from courses.formulas.formula import read_formula
from courses.formulas.stored import formula_html
from courses.formulas.words import read_words, stored_words
from courses.wording.durations import format_clock
from home.markup import plain as markup_words
from home.markup import rich_text as markup_html

CALLOUTS = {"note", "tip", "warning", "exercise"}
QUESTIONS = {"single": "single_choice", "multiple": "multiple_choice", "true-false": "true_false"}
LANGUAGES = {"sql", "bash", "css", "html", "javascript", "json", "python", "r", "text"}
# Notations without a colour scheme of their own.
LANGUAGE_OF = {"result": "text", "xml": "html", "": "text"}
DEFAULT_PASS_MARK = 70

_OPTION = re.compile(r"[(\[](x| )[)\]] (.+)")
_FIELD = re.compile(r"([a-z_]+): ?(.*)")
_FORMULA = re.compile(r"\\\((.+?)\\\)")
_PLACE = re.compile("\ue000(\\d+)\ue001")  # of a formula, while the marks around it are read


class SyntaxMistake(ValueError):
    """A lesson that cannot be read; says where."""


class FilesByName(Protocol):
    """Where the files that a lesson names are found."""

    def image(self, name: str) -> int: ...

    def document(self, name: str) -> int: ...

    def text(self, name: str) -> str: ...


@dataclass(frozen=True)
class LessonText:
    """A lesson as it is written: what its page needs, and the body in raw form."""

    title: str
    body: list[dict[str, Any]]
    minutes: int | None = None
    preview: bool = False
    pass_mark: int = DEFAULT_PASS_MARK


@dataclass
class _LessonReader:
    """Goes through the lines once and collects blocks."""

    lines: list[str]
    shelf: FilesByName
    seed: UUID
    at: int = 0
    blocks: list[dict[str, Any]] = field(default_factory=list)
    _text: list[str] = field(default_factory=list)

    def read(self) -> list[dict[str, Any]]:
        while self.at < len(self.lines):
            line = self.lines[self.at]
            if line.startswith("```"):
                self._code()
            elif line.startswith("::: "):
                self._fenced(line[4:])
            elif match := re.fullmatch(r"(##|###) (.+)", line):
                text = stored_words(read_words(plain(match[2])))
                self.add("heading", {"text": text, "level": str(len(match[1]))})
                self.at += 1
            elif line.startswith("> "):
                self._quote()
            else:
                self._text.append(line)
                self.at += 1
        self._flush()
        return self.blocks

    def add(self, kind: str, value: Any) -> None:
        self._flush()
        self.blocks.append({"type": kind, "value": value, "id": self.key("block")})

    def key(self, what: str) -> str:
        """The same for the same place of the same lesson, so that a second reading agrees."""
        return str(uuid5(self.seed, f"{what} {len(self.blocks)}"))

    def items(self, values: list[Any]) -> list[dict[str, Any]]:
        """Values as the items of a ListBlock."""
        return [
            {"type": "item", "value": value, "id": self.key(f"item {number}")}
            for number, value in enumerate(values)
        ]

    def _flush(self) -> None:
        text, self._text = "\n".join(self._text).strip(), []
        if text:
            self.blocks.append(
                {"type": "rich_text", "value": rich_text(text), "id": self.key("block")}
            )

    def _until(self, end: str) -> list[str]:
        """The lines after this one up to ``end``, which is passed over."""
        start = self.at + 1
        try:
            stop = self.lines.index(end, start)
        except ValueError:
            raise SyntaxMistake(f"line {start}: {self.lines[self.at]!r} has no {end!r}") from None
        self.at = stop + 1
        return self.lines[start:stop]

    def _code(self) -> None:
        name, _, caption = self.lines[self.at][3:].partition(" ")
        language = LANGUAGE_OF.get(name, name)
        if language not in LANGUAGES:
            raise SyntaxMistake(f"line {self.at + 1}: no such language: {name}")
        caption = caption or ("What PostgreSQL answers" if name == "result" else "")
        code = "\n".join(self._until("```"))
        self.add("code", {"language": language, "code": code, "caption": caption})

    def _quote(self) -> None:
        lines = []
        while self.at < len(self.lines) and self.lines[self.at].startswith(">"):
            lines.append(self.lines[self.at].lstrip("> "))
            self.at += 1
        self._add_quote(lines)

    def _add_quote(self, lines: list[str]) -> None:
        source = lines.pop().removeprefix("— ") if lines[-1].startswith("— ") else ""
        self.add("quote", {"text": plain("\n".join(lines)), "source": plain(source)})

    def _fenced(self, opening: str) -> None:
        kind, _, argument = opening.partition(" ")
        inside = self._until(":::")
        if kind in CALLOUTS:
            value = {"kind": kind, "title": plain(argument), "text": rich_text("\n".join(inside))}
            self.add("callout", value)
        elif kind == "quote":
            self._add_quote(inside)
        elif kind == "formula":
            formula = read_formula("\n".join(inside), display=True)
            shown = {"tex": formula.tex, "mathml": formula.mathml}
            self.add("formula", {"formula": shown, "caption": plain(argument)})
        elif kind == "table":
            self.add("table", _table(plain(argument), inside))
        elif kind == "image":
            self.add("image", {"image": self.shelf.image(argument), **_fields(inside)})
        elif kind == "video":
            self.add("video", self._video(argument, _fields(inside)))
        elif kind == "resources":
            for given in _items(inside):
                self.add("resource", self._resource(given))
        elif kind == "downloads":
            self.add("downloads", self._downloads(argument, inside))
        elif kind in QUESTIONS:
            self.add(QUESTIONS[kind], self._question(kind, inside))
        else:
            raise SyntaxMistake(f"no such block: {kind}")

    def _video(self, source: str, given: dict[str, Any]) -> dict[str, Any]:
        elsewhere = source.startswith("https://")
        captions, transcript = [], ""
        if name := given.get("captions"):
            captions = [{"language": "en", "file": self.shelf.document(name)}]
            transcript = spoken(self.shelf.text(name))
        thumbnail = given.get("thumbnail")
        return {
            "title": given["title"],
            "url": source if elsewhere else "",
            "file": None if elsewhere else self.shelf.document(source),
            "thumbnail": self.shelf.image(thumbnail) if thumbnail else None,
            "duration": int(given["duration"]) if "duration" in given else None,
            "captions": self.items(captions),
            "transcript": transcript,
        }

    def _resource(self, given: dict[str, Any]) -> dict[str, Any]:
        kind = next(name for name in ("pdf", "file", "link", "embed") if name in given)
        is_file = kind in ("pdf", "file")
        return {
            "type": kind,
            "title": given["title"],
            "description": given.get("description", ""),
            "url": "" if is_file else given[kind],
            "file": self.shelf.document(given[kind]) if is_file else None,
        }

    def _downloads(self, heading: str, inside: list[str]) -> dict[str, Any]:
        files = []
        for line in inside:
            name, _, title = line.removeprefix("- ").partition(" | ")
            files.append({"title": title, "file": self.shelf.document(name)})
        return {"heading": heading or "For your desk", "files": self.items(files)}

    def _question(self, kind: str, inside: list[str]) -> dict[str, Any]:
        question: list[str] = []
        hints: list[str] = []
        options: list[dict[str, Any]] = []
        for line in inside:
            if line.startswith("? "):
                hints.append(rich_text(line[2:]))
            elif match := _OPTION.fullmatch(line):
                options.append({"text": plain(match[2]), "correct": match[1] == "x"})
            elif not options:
                question.append(line)
            elif line.strip():
                said = options[-1].get("feedback", "")
                options[-1]["feedback"] = f"{said} {plain(line.strip())}".strip()
        if not options:
            raise SyntaxMistake(f"a question without options: {question}")
        for option in options:
            option["text"] = stored_words(read_words(option["text"]))
            option["feedback"] = stored_words(read_words(option.get("feedback", "")))
        prompt = rich_text("\n".join(question))
        rest = {"hints": self.hints(hints), "explanation": ""}
        if kind != "true-false":
            return {"question": prompt, "options": self.items(options), **rest}
        said = {option["text"]: option for option in options}
        return {
            **rest,
            "statement": prompt,
            "answer": "true" if said["True"]["correct"] else "false",
            "feedback_true": said["True"]["feedback"],
            "feedback_false": said["False"]["feedback"],
        }

    def hints(self, texts: list[str]) -> list[dict[str, Any]]:
        return [
            {"type": "item", "value": text, "id": self.key(f"hint {number}")}
            for number, text in enumerate(texts)
        ]


def parse_lesson(text: str, *, shelf: FilesByName, seed: UUID) -> LessonText:
    """A whole file. Raises SyntaxMistake, or KeyError when a needed field is missing."""
    if not text.startswith("---\n"):
        raise SyntaxMistake("a lesson begins with its front matter")
    head, _, body = text[4:].partition("\n---\n")
    given = _fields(head.splitlines())
    return LessonText(
        title=given["title"],
        minutes=int(given["minutes"]) if "minutes" in given else None,
        preview=given.get("preview") == "yes",
        pass_mark=int(given.get("pass_mark", DEFAULT_PASS_MARK)),
        body=_LessonReader(body.splitlines(), shelf, seed).read(),
    )


def rich_text(text: str) -> str:
    r"""HTML of a text whose formulas stand between ``\(`` and ``\)``."""
    bare, formulas = _without_formulas(text)
    return _PLACE.sub(lambda place: formula_html(formulas[int(place[1])]), markup_html(bare))


def plain(text: str) -> str:
    """The words alone; formulas stay as they are written."""
    bare, formulas = _without_formulas(text)
    return _PLACE.sub(lambda place: rf"\({formulas[int(place[1])]}\)", markup_words(bare))


def _without_formulas(text: str) -> tuple[str, list[str]]:
    formulas: list[str] = []

    def take(match: re.Match[str]) -> str:
        formulas.append(match[1])
        return f"\ue000{len(formulas) - 1}\ue001"

    return _FORMULA.sub(take, text), formulas


def _table(caption: str, lines: list[str]) -> dict[str, Any]:
    """Headings, what the columns hold, and the rows."""
    headings, kinds, *rows = [
        [cell.strip() for cell in line.strip("|").split("|")] for line in lines
    ]
    if any(len(row) != len(headings) for row in [kinds, *rows]):
        raise SyntaxMistake(f"a table whose rows differ in length: {caption}")
    types = ["number" if kind.endswith(":") else "text" for kind in kinds]
    return {
        "cells": {
            "columns": [
                {"type": kind, "heading": plain(heading)}
                for kind, heading in zip(types, headings, strict=True)
            ],
            "rows": [
                {
                    "values": [
                        plain(cell) if kind == "number" else rich_text(cell)
                        for kind, cell in zip(types, row, strict=True)
                    ]
                }
                for row in rows
            ],
            "caption": caption,
        },
        "row_heads": kinds[0].startswith("="),
    }


def spoken(captions: str) -> str:
    """A WebVTT file as a transcript: “0:06 Draw round each slice”, a line each.

    Their times make places in the film of them (``learners/study/transcripts.py``).
    """
    return "\n".join(
        f"{format_clock(cue.start / 1000)} {' '.join(cue.lines)}" for cue in read_cues(captions)
    )


def _fields(lines: list[str]) -> dict[str, str]:
    found = {}
    for line in lines:
        if not line.strip():
            continue
        match = _FIELD.fullmatch(line.strip())
        if match is None:
            raise SyntaxMistake(f"not a field: {line}")
        found[match[1]] = match[2].strip()
    return found


def _items(lines: list[str]) -> list[dict[str, str]]:
    """Lists of fields, each beginning with a dash."""
    groups: list[list[str]] = []
    for line in lines:
        if line.startswith("- "):
            groups.append([])
        if not groups:
            raise SyntaxMistake(f"not an item: {line}")
        groups[-1].append(line.removeprefix("- "))
    return [_fields(group) for group in groups]
