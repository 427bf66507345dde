"""A draft's tree as the checks of its outline read it, made of what is known already."""

from dataclasses import dataclass
from typing import Any

from courses.drafts.nodes import Node


@dataclass
class Sketch:
    """What those checks ask of a page; to build three hundred pages for them would take longer."""

    title: str
    is_preview: bool = False
    structure_type: str = ""


@dataclass
class SketchedNode(Node):
    page: Any  # a page, or as much of its row
    draft: Any  # a Sketch
    sketched_as: str = ""

    @property
    def kind(self) -> str:
        return self.sketched_as
