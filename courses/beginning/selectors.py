"""What the page on which courses begin has to offer."""

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from courses.exchange.neutral import Outcome
from courses.exchange.registry import format_called
from courses.models import CourseImport, CoursePage, ImportStatus
from courses.people import Person
from courses.shapes.numbers import whole_number
from courses.wording.facts import format_number, in_a_row
from courses.wording.shares import format_share
from courses.wording.sizes import format_size

from .importing import lessons_written

OFFERED = 100
SHOWN = 20
NEWS = timedelta(days=1)
LISTED = 200  # sentences of a report
PLACES = 3  # that are named of one sentence


@dataclass(frozen=True)
class Original:
    """A course that may be copied, called as its latest draft is."""

    key: int
    title: str
    is_chosen: bool = False


def to_copy(person: Person, *, first: str = "") -> list[Original]:
    """The courses that they teach, the one touched last first, at most ``OFFERED``.

    ``first`` is the key of one that is chosen already. One SQL, or two with it.
    """
    taught = CoursePage.objects.taught_by(person)
    latest = taught.order_by("-latest_revision_created_at", "-pk").values_list("pk", "draft_title")
    rows = list(latest[:OFFERED])
    chosen = whole_number(first)
    if chosen is not None and chosen not in dict(rows):
        rows += latest.filter(pk=chosen)
    return [Original(pk, title, pk == chosen) for pk, title in rows]


@dataclass(frozen=True)
class ImportStep:
    """``state`` is done, now or later."""

    state: str
    told: str
    note: str = ""


@dataclass(frozen=True)
class ShownImport:
    """An import as the page says it."""

    brought: CourseImport

    @property
    def is_news(self) -> bool:
        """Whether it ended so lately that the page says it once more, until it is put away."""
        ended = self.brought.finished_at
        if ended is None or self.brought.put_away_at:
            return False
        return timezone.now() - ended < NEWS

    @property
    def format(self) -> str:
        known = format_called(self.brought.format)
        return known.title if known else ""

    @property
    def kept(self) -> str:
        """``97.8 %``: of what was found, what came in as it was or simpler."""
        report = self.brought.report
        return format_share(_share_kept(report["outcomes"])) if report else ""

    @property
    def percent(self) -> int:
        """Of the lessons that are written, once they are counted."""
        lessons = self.brought.found.get("lessons")
        return min(100, 100 * lessons_written(self.brought) // lessons) if lessons else 0

    @property
    def is_copy(self) -> bool:
        return not self.brought.file

    @property
    def steps(self) -> list[ImportStep]:
        brought, found = self.brought, self.brought.found
        if self.is_copy:
            waits = brought.status == ImportStatus.WAITING
            return [
                ImportStep(
                    "now", _("Waiting for its turn") if waits else _("Copying lessons and files")
                )
            ]
        size = format_size(brought.size)
        if "files" not in found:
            is_waiting = brought.status == ImportStatus.WAITING
            said = _("Waiting for its turn") if is_waiting else _("Opening the file, %(size)s")
            return [
                ImportStep("now", said % {"size": size}),
                ImportStep("later", _("Reading what is in it")),
                ImportStep("later", _("Writing lessons")),
            ]
        files = found["files"]
        opened = ngettext(
            "Opened, %(size)s, %(number)s file", "Opened, %(size)s, %(number)s files", files
        ) % {"size": size, "number": format_number(files)}
        if "lessons" not in found:
            return [
                ImportStep("done", opened),
                ImportStep("now", _("Reading what is in it")),
                ImportStep("later", _("Writing lessons")),
            ]
        counted = _("%(number)s of %(all)s") % {
            "number": format_number(lessons_written(brought)),
            "all": format_number(found["lessons"]),
        }
        return [
            ImportStep("done", opened),
            ImportStep("done", _("Found %(what)s") % {"what": _what_was_found(found)}),
            ImportStep("now", _("Writing lessons, with their pictures and films"), counted),
        ]


@dataclass(frozen=True)
class ReportLine:
    """What became of the components of one kind; ``kind`` in words."""

    kind: str
    found: int
    as_it_was: int
    simpler: int
    left_out: int


@dataclass(frozen=True)
class Sentence:
    """One reason and where it holds; ``is_lost`` where nothing came in."""

    told: str
    count: int
    places: list[str]
    is_lost: bool

    @property
    def more(self) -> int:
        return self.count - len(self.places)


@dataclass(frozen=True)
class ShownReport:
    shown: ShownImport
    lines: list[ReportLine]
    total: ReportLine
    sentences: list[Sentence]
    notes: list[str]


def imports_of(person: Person) -> list[ShownImport]:
    """The latest of them; one SQL."""
    brought = CourseImport.objects.filter(person=person).select_related("course")
    return [ShownImport(one) for one in brought.order_by("-asked_at", "-pk")[:SHOWN]]


def report_of(person: Person, key: UUID) -> ShownReport | None:
    """Of an import of theirs that came in; None for any other and where there is none."""
    brought = (
        CourseImport.objects.select_related("course")
        .filter(person=person, key=key, status=ImportStatus.DONE)
        .first()
    )
    if brought is None or brought.report is None:
        return None
    report = brought.report
    known = format_called(brought.format)
    kinds = known.kinds if known else {}
    lines = [
        _line(str(kinds.get(kind, kind)), outcomes) for kind, outcomes in report["kinds"].items()
    ]
    return ShownReport(
        shown=ShownImport(brought),
        lines=sorted(lines, key=lambda line: (-line.found, line.kind)),
        total=_line(_("All parts"), report["outcomes"]),
        sentences=_sentences(report["components"])[:LISTED],
        notes=report["notes"],
    )


def _share_kept(outcomes: dict[str, int]) -> float:
    found = sum(outcomes.values())
    return round(100 * (found - outcomes.get(Outcome.LEFT_OUT, 0)) / found, 1) if found else 100


def _what_was_found(found: dict[str, int]) -> str:
    said = [
        (found["chapters"], ngettext("%(n)s chapter", "%(n)s chapters", found["chapters"])),
        (found["parts"], ngettext("%(n)s part", "%(n)s parts", found["parts"])),
        (found["lessons"], ngettext("%(n)s lesson", "%(n)s lessons", found["lessons"])),
    ]
    return in_a_row(*(words % {"n": format_number(n)} for n, words in said if n))


def _line(kind: str, outcomes: dict[str, int]) -> ReportLine:
    return ReportLine(
        kind=kind,
        found=sum(outcomes.values()),
        as_it_was=outcomes.get(Outcome.IMPORTED, 0),
        simpler=outcomes.get(Outcome.DEGRADED, 0),
        left_out=outcomes.get(Outcome.LEFT_OUT, 0),
    )


def _sentences(components: list[dict[str, Any]]) -> list[Sentence]:
    """Each reason once, what was lost first, then the commonest."""
    counts: Counter[tuple[bool, str]] = Counter()
    places: dict[tuple[bool, str], list[str]] = {}
    for component in components:
        is_lost = component["outcome"] == Outcome.LEFT_OUT
        for reason in [*component["reasons"], *component["remarks"]]:
            counts[is_lost, reason] += 1
            named = places.setdefault((is_lost, reason), [])
            if len(named) < PLACES:
                named.append(" › ".join(component["place"]))
    found = [Sentence(told, n, places[lost, told], lost) for (lost, told), n in counts.items()]
    return sorted(found, key=lambda one: (not one.is_lost, -one.count, one.told))
