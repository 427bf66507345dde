"""What an imported course is made of, before any page or block exists.

Lessons hold components, components hold pieces. A piece is the smallest thing that becomes one
block. HTML inside pieces is a small subset (p, ul, ol, li, a, b, i, code, sub, sup, br, and tex,
which holds a formula); its links are ordinary addresses or `exchange:<source_id>` for another place
of the same course. In headings, options and what is said of them formulas stand between `\\(` and
`\\)`. A source id is how the archive itself names a chapter, a lesson or a component.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, fields, is_dataclass
from enum import StrEnum
from functools import partial
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

PLACE = "exchange:"  # how a link to another place of the same course begins

ABSENT = pgettext_lazy("title of a note", "Not in this version")


class Outcome(StrEnum):
    IMPORTED = "imported"  # everything a learner needs came along
    DEGRADED = "degraded"  # it came along with something missing or in another form
    LEFT_OUT = "left out"  # nothing of it came along, except perhaps a note saying so


@dataclass
class Heading:
    text: str
    level: int  # 1 to 6, as written


@dataclass
class Prose:
    html: str


@dataclass
class Code:
    text: str
    language: str = ""


@dataclass
class Quotation:
    text: str
    source: str = ""


@dataclass
class Equation:
    """A formula on a line of its own."""

    tex: str


# Of a table as a page shows it: cells that a row lacks, or that one cell reaches over, count too.
MAX_CELLS = 20_000


@dataclass
class Table:
    """Rows of cells, each as long as the next; `heads` name the columns, in plain text."""

    rows: list[list[str]]  # HTML, as in Prose
    heads: list[str] = field(default_factory=list)
    caption: str = ""
    row_heads: bool = False  # whether the first column names the rows

    @property
    def html(self) -> str:
        return "".join(cell for row in self.rows for cell in row)


@dataclass
class Note:
    """A callout: `html` under a short title, ABSENT for what could not be brought along."""

    html: str
    title: str = ""
    tone: str = "note"  # note, tip, warning or exercise


@dataclass
class Picture:
    name: str  # entry of the archive
    alt: str = ""
    caption: str = ""


@dataclass
class Attachment:
    name: str  # entry of the archive
    title: str


@dataclass
class Embed:
    url: str  # https
    title: str


@dataclass
class Clip:
    """A video: exactly one of `youtube` (an id), `vimeo` (an id), `name` (an entry) or `url`."""

    title: str
    youtube: str = ""
    vimeo: str = ""
    name: str = ""
    url: str = ""
    captions: dict[str, str] = field(default_factory=dict)  # language code: entry
    excerpt: bool = False  # only a part of it was meant to be seen
    key: str = ""  # opens an unlisted video at Vimeo
    start: int = 0  # second at which its address begins, at YouTube or Vimeo


@dataclass
class NeutralOption:
    text: str
    correct: bool
    feedback: str = ""


@dataclass
class NeutralQuestion:
    kind: str  # single, multiple or true_false
    text: str  # HTML, as in Prose
    options: list[NeutralOption]
    explanation: str = ""  # HTML, as in Prose
    hints: list[str] = field(default_factory=list)  # HTML each, as in Prose


Text = Heading | Prose | Code | Quotation | Note | Equation | Table
Medium = Picture | Attachment | Embed | Clip
Piece = Text | Medium | NeutralQuestion


@dataclass
class ImportedComponent:
    kind: str  # what its format calls it; the report counts by it
    source_id: str
    title: str
    outcome: Outcome = Outcome.IMPORTED
    reasons: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)  # what a learner does not need, but was there
    pieces: list[Piece] = field(default_factory=list)

    def remark(self, told: str | Promise) -> None:
        """Note what stayed behind although everything that a learner needs came along."""
        if str(told) not in self.remarks:
            self.remarks.append(str(told))

    def degrade(self, reason: str | Promise) -> None:
        """Note what is missing; an imported component becomes a degraded one."""
        reason = str(reason)
        if reason not in self.reasons:
            self.reasons.append(reason)
        if self.outcome is Outcome.IMPORTED:
            self.outcome = Outcome.DEGRADED

    def leave_out(self, reason: str | Promise, *pieces: Piece) -> None:
        """Drop everything but an optional note to the reader."""
        self.outcome = Outcome.LEFT_OUT
        self.reasons = [str(reason)]
        self.pieces = list(pieces)


@dataclass
class ImportedLesson:
    title: str
    source_id: str
    components: list[ImportedComponent] = field(default_factory=list)


@dataclass
class ImportedChapter:
    title: str
    source_id: str
    chapters: list["ImportedChapter"] = field(default_factory=list)
    lessons: list[ImportedLesson] = field(default_factory=list)


@dataclass
class ImportedCourse:
    title: str
    subtitle: str = ""
    language: str = "en"
    description: str = ""  # HTML: h3, p, ul, ol, b, i, a
    outcomes: list[str] = field(default_factory=list)
    image: str = ""  # entry of the archive
    chapters: list[ImportedChapter] = field(default_factory=list)
    loose: list[ImportedLesson] = field(default_factory=list)  # before the first chapter
    notes: list[str] = field(default_factory=list)  # what concerns the whole course
    places: dict[str, str] = field(default_factory=dict)  # source id: source id of the lesson

    @property
    def sections(self) -> list[ImportedChapter]:
        """Chapters in chapters, at any depth."""
        below = self.placed_lessons_and_chapters()
        return [one for way, one in below if isinstance(one, ImportedChapter) and way]

    @property
    def lessons(self) -> list[ImportedLesson]:
        return [lesson for _way, lesson in self.placed_lessons]

    @property
    def placed_lessons(self) -> list[tuple[list[str], ImportedLesson]]:
        """(titles of the chapters above it, lesson), in the order in which they are built."""
        below = self.placed_lessons_and_chapters()
        return [(way, one) for way, one in below if isinstance(one, ImportedLesson)]

    def placed_lessons_and_chapters(
        self,
    ) -> list[tuple[list[str], "ImportedLesson | ImportedChapter"]]:
        found: list[tuple[list[str], ImportedLesson | ImportedChapter]] = []

        def go(way: list[str], chapters: list[ImportedChapter]) -> None:
            for chapter in chapters:
                found.append((way, chapter))
                inside = [*way, chapter.title]
                go(inside, chapter.chapters)
                found.extend((inside, lesson) for lesson in chapter.lessons)

        found.extend(([], lesson) for lesson in self.loose)
        go([], self.chapters)
        return found

    @property
    def components(self) -> list[ImportedComponent]:
        return [component for lesson in self.lessons for component in lesson.components]


def change_texts(thing: object, change: Callable[[str], str]) -> bool:
    """Apply `change` (str to str) to every text in a dataclass or list, in place.

    Tells whether any text changed.
    """
    changed = False
    slots: list[tuple[Any, object]]
    put: Callable[[Any, str], None]
    if is_dataclass(thing):
        slots = [(field.name, getattr(thing, field.name)) for field in fields(thing)]
        put = partial(setattr, thing)
    elif isinstance(thing, list):
        slots = list(enumerate(thing))
        put = thing.__setitem__
    else:
        return False
    for key, value in slots:
        if type(value) is not str:
            changed |= change_texts(value, change)
        elif (new := change(value)) != value:
            put(key, new)
            changed = True
    return changed
