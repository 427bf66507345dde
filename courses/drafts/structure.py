"""Flat or hierarchical: where chapters and lessons of a course may stand.

Flat: lessons stand right under the course and there are no chapters. Hierarchical: lessons
stand in chapters, chapters under the course or in chapters. A lesson may also stand right
under a hierarchical course (a welcome before the first chapter); that is what makes every
switch possible: to hierarchical nothing has to move, and to flat the lessons can be moved
out of their chapters first. See docs/decisions.

The editor holds to the draft's structure; verbs and imports build trees that already fit.
"""

from courses.models.chapters import ChapterPage
from courses.models.courses import StructureType


def draft_structure(course) -> str:
    """The structure of the latest draft; the live row may still say the former one."""
    revision = course.latest_revision
    drafted = revision.content.get("structure_type") if revision else None
    return drafted or course.specific.structure_type


def takes_chapters(course) -> bool:
    """Whether a chapter may stand right under ``course``."""
    return draft_structure(course) == StructureType.HIERARCHICAL


def refusal_to_switch(course, structure: str) -> str | None:
    """A sentence naming what stands in the way of ``structure``, or None."""
    if structure != StructureType.FLAT or not course.pk:
        return None
    chapters = ChapterPage.objects.child_of(course).filter(retired=False)
    count = chapters.count()
    if not count:
        return None
    first = f"“{chapters.first().get_admin_display_title()}”"
    have = f"the chapter {first}" if count == 1 else f"{count} chapters, the first being {first}"
    return (
        f"A flat course has no chapters, and this one has {have}. "
        "Move their lessons right under the course and delete the chapters, then switch."
    )
