"""Reads the folders of ``content/``: a course, its chapters and its lessons, in order.

A folder is a chapter, a ``.md`` file is a lesson, and names sort them. ``course.toml`` and
``chapter.toml`` say what stands on their pages.
"""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

CONTENT = Path(__file__).parent / "content"
NAMESPACE = uuid5(NAMESPACE_URL, "https://perfomix.example/demo")


def identity(*parts: str) -> UUID:
    """The UUID that the demo gives to a thing of this name; always the same."""
    return uuid5(NAMESPACE, "/".join(parts))


@dataclass(frozen=True)
class Written:
    """A chapter or a lesson: where it is written, and what stands below it."""

    path: Path
    course: str
    below: list["Written"] = field(default_factory=list)

    @property
    def is_chapter(self) -> bool:
        return self.path.is_dir()

    @cached_property
    def facts(self) -> dict[str, Any]:
        """Title and description of a chapter."""
        return tomllib.loads((self.path / "chapter.toml").read_text())

    @property
    def uuid(self) -> UUID:
        return identity("page", str(self.path.relative_to(CONTENT)))


@dataclass(frozen=True)
class WrittenCourse:
    folder: Path

    @property
    def name(self) -> str:
        return self.folder.name

    @cached_property
    def facts(self) -> dict[str, Any]:
        return tomllib.loads((self.folder / "course.toml").read_text())

    @property
    def uuid(self) -> UUID:
        return identity("course", self.name)

    @cached_property
    def outline(self) -> list[Written]:
        return _below(self.folder, self.name)

    def lessons(self) -> list[Written]:
        """Every lesson, in reading order."""
        return [written for written in _flat(self.outline) if not written.is_chapter]


def written_courses() -> list[WrittenCourse]:
    return [WrittenCourse(path.parent) for path in sorted(CONTENT.glob("*/course.toml"))]


def _below(folder: Path, course: str) -> list[Written]:
    found = []
    for path in sorted(folder.iterdir()):
        if path.is_dir() and (path / "chapter.toml").exists():
            found.append(Written(path, course, _below(path, course)))
        elif path.suffix == ".md":
            found.append(Written(path, course))
    return found


def _flat(outline: list[Written]) -> Iterator[Written]:
    for written in outline:
        yield written
        yield from _flat(written.below)
