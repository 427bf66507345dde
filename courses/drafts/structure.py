"""What stands in the way of another structure; see ``courses.models.structure``."""

from django.utils.translation import ngettext

from courses.models import ChapterPage, CoursePage, StructureType


def refusal_to_switch(course: CoursePage, structure: str) -> str | None:
    """A sentence naming what stands in the way of ``structure``, or None."""
    if structure != StructureType.FLAT or not course.pk:
        return None
    chapters = ChapterPage.objects.child_of(course).filter(retired=False)
    count = chapters.count()
    if not count:
        return None
    return ngettext(
        "A flat course has no chapters, and this one has the chapter “%(first)s”. "
        "Move their lessons right under the course and delete the chapters, then switch.",
        "A flat course has no chapters, and this one has %(count)s chapters, the first being "
        "“%(first)s”. "
        "Move their lessons right under the course and delete the chapters, then switch.",
        count,
    ) % {"count": count, "first": chapters.first().get_admin_display_title()}
