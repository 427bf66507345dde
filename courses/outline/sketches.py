"""The outline as the checks of a submission read it, made of what the screen knows already."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from courses.checks.glances import Glance
from courses.drafts.nodes import Node
from courses.models import CoursePage, ItemKind

from .tree import OutlinePart


@dataclass
class Sketch:
    """What those checks ask of a draft; building three hundred pages for it would take longer."""

    title: str
    is_preview: bool = False
    structure_type: str = ""


@dataclass
class SketchedNode(Node):
    sketched_as: str = ""

    @property
    def kind(self) -> str:
        return self.sketched_as


def sketch(
    *,
    course: CoursePage,
    structure: str,
    parts: Iterable[tuple[OutlinePart, Glance]],
    numbers: dict[int, str],
) -> list[Node]:
    """The course first, then ``parts``, which stay and stand in reading order."""
    top = _node(course, Sketch(course.title, structure_type=structure), ItemKind.COURSE)
    nodes: dict[int, Node] = {course.pk: top}
    for part, glance in parts:
        above = nodes[part.parent]
        node = _node(part.row, Sketch(part.title, glance.is_preview), part.kind)
        node.parent, node.number = above, numbers[part.id]
        above.children.append(node)
        nodes[part.id] = node
    return list(nodes.values())


def _node(page: Any, draft: Any, kind: str) -> SketchedNode:
    return SketchedNode(page=page, draft=draft, revision_id=0, content={}, sketched_as=kind)
