"""Account for every component of an import, as JSON and as text."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, ngettext_lazy

from .neutral import ImportedComponent, ImportedCourse, Outcome

# How many came along, and the heading above those that did not come along whole.
COUNTED = {
    Outcome.IMPORTED: ngettext_lazy("%(number)d imported", "%(number)d imported", "number"),
    Outcome.DEGRADED: ngettext_lazy("%(number)d degraded", "%(number)d degraded", "number"),
    Outcome.LEFT_OUT: ngettext_lazy("%(number)d left out", "%(number)d left out", "number"),
}
HEADINGS = {
    Outcome.DEGRADED: gettext_lazy("Degraded (%(number)d):"),
    Outcome.LEFT_OUT: gettext_lazy("Left out (%(number)d):"),
}


class Report:
    """What became of an ImportedCourse. Ask it only after the course has been built: storing
    pictures and files may still degrade a component."""

    def __init__(self, course: ImportedCourse) -> None:
        self.course = course

    def as_dict(self) -> dict[str, Any]:
        """{title, counts, outcomes, kinds, notes, components}; the outcomes add up to
        counts["components"]."""
        components = [self._line(place, component) for place, component in self._placed()]
        outcomes = Counter(line["outcome"] for line in components)
        kinds: dict[str, Counter[str]] = {}
        for line in components:
            kinds.setdefault(line["kind"], Counter())[line["outcome"]] += 1
        return {
            "title": self.course.title,
            "counts": {
                "chapters": len(self.course.chapters),
                "sections": len(self.course.sections),
                "lessons": len(self.course.lessons),
                "components": len(components),
            },
            "outcomes": {outcome.value: outcomes[outcome.value] for outcome in Outcome},
            "kinds": {kind: dict(kinds[kind]) for kind in sorted(kinds)},
            "notes": list(self.course.notes),
            "components": components,
        }

    def as_text(self) -> str:
        """The same for people: totals, then everything that did not come along whole, and what
        stayed behind of the rest."""
        report = self.as_dict()
        lines = [report["title"], _totals(report["counts"], report["outcomes"]), ""]
        for kind, outcomes in report["kinds"].items():
            lines.append(f"  {kind}: {_counted(outcomes)}")
        if report["notes"]:
            lines += ["", _("About the whole course:"), *(f"  {note}" for note in report["notes"])]
        for outcome, heading in HEADINGS.items():
            found = [line for line in report["components"] if line["outcome"] == outcome.value]
            if found:
                lines += ["", heading % {"number": len(found)}]
            for line in found:
                lines += [f"  {_where(line)}", f"    {'; '.join(line['reasons'])}"]
        remarked = [line for line in report["components"] if line["remarks"]]
        if remarked:
            lines += ["", _("Remarks (%(number)d):") % {"number": len(remarked)}]
        for line in remarked:
            lines += [f"  {_where(line)}", f"    {'; '.join(line['remarks'])}"]
        return "\n".join(lines) + "\n"

    def _placed(self) -> Iterator[tuple[list[str], ImportedComponent]]:
        for way, lesson in self.course.placed_lessons:
            for component in lesson.components:
                yield [*way, lesson.title], component

    @staticmethod
    def _line(place: list[str], component: ImportedComponent) -> dict[str, Any]:
        return {
            "place": place,
            "kind": component.kind,
            "title": component.title,
            "source_id": component.source_id,
            "outcome": component.outcome.value,
            "reasons": list(component.reasons),
            "remarks": list(component.remarks),
        }


def _totals(counts: dict[str, int], outcomes: dict[str, int]) -> str:
    chapters, sections = counts["chapters"], counts["sections"]
    lessons, components = counts["lessons"], counts["components"]
    # Translators: each number comes with its word, “2 chapters”, “1 lesson”.
    return _("%(chapters)s, %(sections)s, %(lessons)s, %(components)s: %(outcomes)s") % {
        "chapters": ngettext("%(number)d chapter", "%(number)d chapters", chapters)
        % {"number": chapters},
        "sections": ngettext("%(number)d section", "%(number)d sections", sections)
        % {"number": sections},
        "lessons": ngettext("%(number)d lesson", "%(number)d lessons", lessons)
        % {"number": lessons},
        "components": ngettext("%(number)d component", "%(number)d components", components)
        % {"number": components},
        "outcomes": _counted(outcomes),
    }


def _counted(outcomes: dict[str, int]) -> str:
    """How many came to which end, in the order given: “10 imported, 13 degraded”."""
    return ", ".join(
        COUNTED[Outcome(outcome)] % {"number": number} for outcome, number in outcomes.items()
    )


def _where(line: dict[str, Any]) -> str:
    """Where a component stands and what it is called."""
    # Translators: a component of a lesson, its kind and its title.
    name = _("%(kind)s “%(title)s”") % {
        "kind": line["kind"],
        "title": line["title"] or line["source_id"],
    }
    return " › ".join([*line["place"], name])
