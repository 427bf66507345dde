"""An outline as JSON, as the script of the screen reads it."""

from typing import Any

from django.urls import reverse

from courses.checks.readiness import Problem
from courses.models.outline import OutlineChange

from .selectors import DraftOutline, Row
from .tree import OutlinePart
from .wording import label_of


def outline_as_json(outline: DraftOutline) -> dict[str, Any]:
    """Everything on the screen; ``version`` is another one whenever any of it is."""
    looked = outline.looked
    before, after = reverse("wagtailadmin_pages:edit", args=[0]).rsplit("0", 1)
    return {
        "version": looked.version,
        "number": looked.number,
        "structure": outline.structure,
        "may_write": outline.may_write,
        "undo": _way(looked.undo),
        "redo": _way(looked.redo),
        "rows": [_row(row, f"{before}{row.part.id}{after}") for row in outline.rows],
        "bin": [_binned(part) for part in outline.bin],
        "problems": [_problem(problem) for problem in outline.problems],
        "people": looked.people,
    }


def _way(change: OutlineChange | None) -> dict[str, Any] | None:
    return {"number": change.number, "label": label_of(change)} if change else None


def _row(row: Row, edit_url: str) -> dict[str, Any]:
    return {
        "id": row.part.id,
        "parent": row.part.parent,
        "kind": row.part.kind,
        "icon": row.icon,
        "title": row.part.title,
        "minutes": row.found.minutes,
        "preview": row.found.is_preview,
        "state": row.state,
        "released": row.released,
        "began": row.began,
        "problems": [_problem(problem, alone=True) for problem in row.problems],
        "edit": edit_url,
        "here": list(row.here),
    }


def _binned(part: OutlinePart) -> dict[str, Any]:
    lessons = sum(not one.is_chapter for one in part.below())
    return {"id": part.id, "kind": part.kind, "title": part.title, "lessons": lessons}


def _problem(problem: Problem, *, alone: bool = False) -> dict[str, str]:
    """Beside its row it need not be said where. What is no field's is mended in the rows."""
    return {
        "text": problem.message if alone else str(problem),
        "url": problem.url if problem.field else "#outline-rows",
    }
