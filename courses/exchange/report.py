"""Account for every component of an import, as JSON and as text."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from .neutral import ImportedComponent, ImportedCourse, Outcome


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
        """The same for people: totals, then everything that did not come along whole."""
        report = self.as_dict()
        counts, outcomes = report["counts"], report["outcomes"]
        lines = [
            report["title"],
            f"{counts['chapters']} chapters, {counts['sections']} sections, "
            f"{counts['lessons']} lessons, {counts['components']} components: "
            + ", ".join(f"{number} {outcome}" for outcome, number in outcomes.items()),
            "",
        ]
        for kind, by_outcome in report["kinds"].items():
            lines.append(
                f"  {kind}: " + ", ".join(f"{number} {name}" for name, number in by_outcome.items())
            )
        if report["notes"]:
            lines += ["", "About the whole course:", *(f"  {note}" for note in report["notes"])]
        for outcome in (Outcome.DEGRADED, Outcome.LEFT_OUT):
            found = [line for line in report["components"] if line["outcome"] == outcome.value]
            if not found:
                continue
            lines += ["", f"{outcome.value.capitalize()} ({len(found)}):"]
            for line in found:
                name = line["title"] or line["source_id"]
                lines.append(f"  {' › '.join(line['place'])} › {line['kind']} “{name}”")
                lines.append(f"    {'; '.join(line['reasons'])}")
        return "\n".join(lines) + "\n"

    def _placed(self) -> Iterator[tuple[list[str], ImportedComponent]]:
        for chapter in self.course.chapters:
            for section in chapter.chapters:
                for lesson in section.lessons:
                    for component in lesson.components:
                        yield [chapter.title, section.title, lesson.title], component

    @staticmethod
    def _line(place: list[str], component: ImportedComponent) -> dict[str, Any]:
        return {
            "place": place,
            "kind": component.kind,
            "title": component.title,
            "source_id": component.source_id,
            "outcome": component.outcome.value,
            "reasons": list(component.reasons),
        }
