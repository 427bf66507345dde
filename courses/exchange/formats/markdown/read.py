"""Read a course written in Markdown."""

import posixpath
import re
from collections.abc import Sequence
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.exchange.archive import Archive, UnreadableEntry
from courses.exchange.clean_html import Found, Pieces, read_pieces
from courses.exchange.encodings import UnknownEncoding, decode
from courses.exchange.errors import ImportRefused
from courses.exchange.markdown import MAX_MARKDOWN, markdown_html, part_head
from courses.exchange.neutral import (
    PLACE,
    Heading,
    ImportedChapter,
    ImportedComponent,
    ImportedCourse,
    ImportedLesson,
    Piece,
    Prose,
    change_texts,
)
from courses.exchange.titles import spoken_title
from courses.exchange.words import storable
from courses.words.cutting import shorten

ACCEPTED = gettext_lazy(
    "Markdown is one text (.md), or a .zip with a text for each lesson and a folder for each "
    "chapter."
)
UNREAD = gettext_lazy("“%(name)s” cannot be read as text, so it was left out.")
ENDS = (".md", ".markdown")
ABOUT = ("index", "readme")
MOST_LESSONS = 1000
LONGEST_TITLE = 255
KIND = "text"


def recognises(archive: Archive) -> bool:
    """Texts, and hardly anything else that is written; pictures and files may be many."""
    texts = _texts_in(archive)
    others = [name for name in archive.names if name.lower().endswith((".xml", ".html", ".json"))]
    return len(texts) > len(others)


def read_course(archive: Archive) -> ImportedCourse:
    """The ImportedCourse in an opened Archive. Raises ImportRefused with one clear sentence."""
    texts = _texts_in(archive)
    course = ImportedCourse(title="")
    lessons = [name for name in texts if not _is_about(name, texts)]
    if len(lessons) <= 1:
        _read_one(course, archive, (lessons or texts)[0])
    else:
        _read_many(course, archive, texts, lessons)
    change_texts(course, storable)
    if not course.lessons:
        raise ImportRefused(
            _("There is no lesson in it: give each one a heading."), code="no_lessons"
        )
    if len(course.lessons) > MOST_LESSONS:
        raise ImportRefused(
            _("This course has more than %(most)s lessons.") % {"most": MOST_LESSONS},
            code="too_many_lessons",
        )
    return course


def _texts_in(archive: Archive) -> list[str]:
    texts = [
        name
        for name in archive.names
        if name.lower().endswith(ENDS)
        and not any(part.startswith((".", "__MACOSX")) for part in name.split("/"))
    ]
    return sorted(texts, key=_in_order)


def _in_order(name: str) -> list[tuple[int, int, str]]:
    """``2-two.md`` before ``10-ten.md``; a folder among the texts beside it."""
    parts = re.split(r"(\d+|/)", name.lower())
    return [(0, 0, "") if part == "/" else _key(part) for part in parts if part]


def _key(part: str) -> tuple[int, int, str]:
    return (1, int(part[:12]), "") if part.isascii() and part.isdigit() else (2, 0, part)


def _is_about(name: str, texts: Sequence[str]) -> bool:
    """The text at the top that tells of the whole."""
    top = min(other.count("/") for other in texts)
    return name.count("/") == top and PurePosixPath(name).stem.lower() in ABOUT


# One text


def _read_one(course: ImportedCourse, archive: Archive, name: str) -> None:
    titled, found = _pieces_of(course, archive, name, {})
    pieces, lost = found.pieces, found.lost
    levels = [piece.level for piece in pieces if isinstance(piece, Heading)]
    if levels.count(1) == 1 and len(levels) > 1:
        at = next(i for i, one in enumerate(pieces) if isinstance(one, Heading) and one.level == 1)
        named = getattr(pieces.pop(at), "text", "")
        titled = titled or named
        lost = [(place - (place > at), reason) for place, reason in lost]
        levels = [level for level in levels if level > 1]
    course.title = _title(titled or spoken_title(name))
    used = sorted(set(levels))
    in_chapters = len(used) > 1
    chapter_level = used[0] if in_chapters else 0
    lesson_level = used[1] if in_chapters else (used[0] if used else 0)
    writer = _OneText(course, chapter_level, lesson_level)
    for number, piece in enumerate(pieces):
        writer.take(piece)
        for place, reason in lost:
            # What was lost at the end of the text belongs to its last piece.
            if place == number or (place > number and piece is pieces[-1]):
                writer.lost(reason)


class _OneText:
    """Deals the pieces of a text out to lessons, by the headings above them."""

    def __init__(self, course: ImportedCourse, chapter_level: int, lesson_level: int) -> None:
        self.course = course
        self.chapter_level, self.lesson_level = chapter_level, lesson_level
        self.lesson: ImportedLesson | None = None

    def take(self, piece: Piece) -> None:
        level = piece.level if isinstance(piece, Heading) else 0
        if level and level == self.chapter_level:
            title = _title(getattr(piece, "text", ""))
            self.course.chapters.append(ImportedChapter(title, f"c{len(self.course.chapters)}"))
            self.lesson = None
        elif level and level == self.lesson_level:
            self.begin(getattr(piece, "text", ""))
        elif self.lesson is None and not self.course.chapters and self.lesson_level:
            self._about(piece)
        else:
            self._write(piece)

    def begin(self, title: str) -> ImportedLesson:
        key = f"l{len(self.course.lessons)}"
        component = ImportedComponent(KIND, key, "")
        self.lesson = ImportedLesson(_title(title), key, [component])
        chapters = self.course.chapters
        (chapters[-1].lessons if chapters else self.course.loose).append(self.lesson)
        return self.lesson

    def lost(self, reason: str) -> None:
        if self.lesson:
            self.lesson.components[0].degrade(reason)
        elif reason not in self.course.notes:
            self.course.notes.append(reason)

    def _write(self, piece: Piece) -> None:
        """Right below a chapter, what belongs to no lesson makes one."""
        chapters = self.course.chapters
        lesson = self.lesson or self.begin(chapters[-1].title if chapters else self.course.title)
        lesson.components[0].pieces.append(piece)

    def _about(self, piece: Piece) -> None:
        """Before the first heading: what is said of the course."""
        if isinstance(piece, Prose):
            self.course.description += piece.html
        else:
            told = _("Before the first lesson only text came along, as the description.")
            if told not in self.course.notes:
                self.course.notes.append(told)


# Many


def _read_many(
    course: ImportedCourse, archive: Archive, texts: list[str], lessons: list[str]
) -> None:
    places = {name: f"{PLACE}{name}" for name in lessons}
    course.places = {name: name for name in lessons}
    folder = posixpath.commonpath([posixpath.dirname(name) for name in texts] or [""])
    course.title = _title(spoken_title(folder) or _("A course in Markdown"))
    for name in texts:
        titled, found = _pieces_of(course, archive, name, places)
        if name not in places:
            _tell_about(course, titled, found)
            continue
        title = titled or _own_title(found.pieces) or spoken_title(name)
        component = ImportedComponent(KIND, name, "", pieces=found.pieces)
        for reason in found.reasons:
            component.degrade(reason)
        inside = posixpath.relpath(posixpath.dirname(name), folder or ".")
        steps = [step for step in inside.split("/") if step not in ("", ".", "..")]
        lesson = ImportedLesson(_title(title), name, [component])
        _lessons_at(course, steps).append(lesson)


def _lessons_at(course: ImportedCourse, steps: list[str]) -> list[ImportedLesson]:
    """Of the chapter that the folders lead to, made on the way."""
    if not steps:
        return course.loose
    chapters = course.chapters
    way = ""
    for step in steps:
        way = f"{way}/{step}"
        found = next((one for one in chapters if one.source_id == way), None)
        if found is None:
            found = ImportedChapter(_title(spoken_title(step)), way)
            chapters.append(found)
        chapters, lessons = found.chapters, found.lessons
    return lessons


def _tell_about(course: ImportedCourse, titled: str, found: Pieces) -> None:
    title = titled or _own_title(found.pieces)
    course.title = _title(title) if title else course.title
    said = [piece.html for piece in found.pieces if isinstance(piece, Prose)]
    course.description = "".join(said)
    course.notes += found.reasons


def _own_title(pieces: list[Piece]) -> str:
    """The heading that a text begins with, taken off it."""
    if pieces and isinstance(first := pieces[0], Heading):
        pieces.pop(0)
        return first.text
    return ""


# Both


def _pieces_of(
    course: ImportedCourse, archive: Archive, name: str, places: dict[str, str]
) -> tuple[str, Pieces]:
    """(the title that its head gives, its pieces); nothing of what cannot be read."""
    try:
        text = decode(archive.read(name, limit=MAX_MARKDOWN), "en").text
    except (UnreadableEntry, UnknownEncoding):
        course.notes.append(UNREAD % {"name": PurePosixPath(name).name})
        return "", Pieces()
    titled, text = part_head(text)
    return titled, read_pieces(markdown_html(text), _Beside(archive, name, places).find)


class _Beside:
    """What an address in one text means."""

    def __init__(self, archive: Archive, name: str, places: dict[str, str]) -> None:
        self.archive, self.places = archive, places
        self.folder = posixpath.dirname(name)

    def find(self, address: str) -> Found:
        try:
            parts = urlsplit(address)
        except ValueError:
            return Found()
        if parts.scheme or parts.netloc or not parts.path:
            return Found()
        path = unquote(parts.path)
        entry = posixpath.normpath(posixpath.join(self.folder, path.lstrip("/")))
        if path.startswith("/"):
            entry = posixpath.normpath(path.lstrip("/"))
        if entry in self.places:
            return Found(place=self.places[entry])
        if entry in self.archive and not entry.lower().endswith(ENDS):
            return Found(entry=entry)
        return Found()


def _title(text: str) -> str:
    return shorten(" ".join(text.split()), LONGEST_TITLE) or _("Untitled")
