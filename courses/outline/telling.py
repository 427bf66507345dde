"""An outline as JSON, as the script of the screen reads it."""

from typing import Any

from django.urls import reverse

from courses.checks.readiness import Problem
from courses.editor.tabs import row_fragment

from .selectors import DraftOutline, Row, Way
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
        "undo": _way(outline.undo),
        "redo": _way(outline.redo),
        "rows": [
            _row(row, looked.course.pk, f"{before}{row.part.id}{after}") for row in outline.rows
        ],
        "bin": [_binned(part) for part in outline.bin],
        "problems": [_problem(problem, looked.course.pk) for problem in outline.problems],
        "to_mend": outline.to_mend,
        "people": looked.people,
    }


def _way(way: Way | None) -> dict[str, Any] | None:
    if way is None:
        return None
    return {"number": way.change.number, "label": label_of(way.change, way.parts)}


def _row(row: Row, course_id: int, edit_url: str) -> dict[str, Any]:
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
        "problems": [_problem(problem, course_id, alone=True) for problem in row.problems],
        "edit": edit_url,
        "here": list(row.here),
    }


def _binned(part: OutlinePart) -> dict[str, Any]:
    lessons = sum(not one.is_chapter for one in part.coming_back() if one is not part)
    return {"id": part.id, "kind": part.kind, "title": part.title, "lessons": lessons}


def _problem(problem: Problem, course_id: int, *, alone: bool = False) -> dict[str, str]:
    """Beside its row it need not be said where. What is no field's is mended in the rows."""
    return {
        "text": problem.message if alone else str(problem),
        "url": problem.url if problem.field else row_fragment(course_id, problem.page_id),
    }
