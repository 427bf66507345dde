"""An outline as JSON, as the script of the screen reads it."""

import hashlib
import json
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder

from courses.checks.readiness import Problem
from courses.models.outline import OutlineChange

from .selectors import Outline, Row
from .tree import Part
from .wording import label_of


def outline_as_json(outline: Outline) -> dict[str, Any]:
    """Everything on the screen; ``version`` is another one whenever any of it is."""
    told: dict[str, Any] = {
        "number": outline.number,
        "structure": outline.structure,
        "may_write": outline.may_write,
        "undo": _way(outline.undo),
        "redo": _way(outline.redo),
        "rows": [_row(row) for row in outline.rows],
        "bin": [_binned(part) for part in outline.bin],
        "problems": [_problem(problem) for problem in outline.problems],
        "people": outline.people,
    }
    exact = json.dumps(told, sort_keys=True, cls=DjangoJSONEncoder).encode()
    return {"version": hashlib.blake2s(exact, digest_size=8).hexdigest(), **told}


def _way(change: OutlineChange | None) -> dict[str, Any] | None:
    return {"number": change.number, "label": label_of(change)} if change else None


def _row(row: Row) -> dict[str, Any]:
    return {
        "id": row.part.id,
        "parent": row.part.parent,
        "kind": row.part.kind,
        "icon": row.icon,
        "title": row.part.title,
        "minutes": row.glance.minutes,
        "preview": row.glance.is_preview,
        "state": row.state,
        "released": row.released,
        "began": row.began,
        "problems": [_problem(problem, alone=True) for problem in row.problems],
        "edit": row.edit_url,
        "here": list(row.here),
    }


def _binned(part: Part) -> dict[str, Any]:
    lessons = sum(not one.is_chapter for one in part.below())
    return {"id": part.id, "kind": part.kind, "title": part.title, "lessons": lessons}


def _problem(problem: Problem, *, alone: bool = False) -> dict[str, str]:
    """Beside its row it need not be said where."""
    return {"text": problem.message if alone else str(problem), "url": problem.url}
