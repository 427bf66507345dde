"""Flat or hierarchical: where chapters and lessons of a course may stand.

Flat: lessons stand right under the course and there are no chapters. Hierarchical: lessons
stand in chapters, chapters under the course or in chapters. A lesson may also stand right
under a hierarchical course (a welcome before the first chapter); that is what makes every
switch possible: to hierarchical nothing has to move, and to flat the lessons can be moved
out of their chapters first. See docs/decisions.

The editor holds to the draft's structure; verbs and imports build trees that already fit.
"""

from typing import TYPE_CHECKING

from .choices import StructureType

if TYPE_CHECKING:  # courses' chapters ask here
    from .courses import CoursePage


def draft_structure(course: "CoursePage") -> str:
    """The structure of the latest draft; the live row may still say the former one."""
    revision = course.latest_revision
    drafted = revision.content.get("structure_type") if revision else None
    return drafted or course.specific.structure_type


def takes_chapters(course: "CoursePage") -> bool:
    """Whether a chapter may stand right under ``course``."""
    return draft_structure(course) == StructureType.HIERARCHICAL
