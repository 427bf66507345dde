"""Reading the lessons of a course again, when what is told of them is worked out in a new way."""

import logging
from collections import Counter

from django.db import transaction

from courses.drafts.locks import lock_course
from courses.models import CoursePage, ItemKind, LessonPage, ReleaseItem, ReleaseStatus

logger = logging.getLogger(__name__)


@transaction.atomic
def read_lessons_again(*, course: CoursePage) -> int:
    """Write minutes and captions of the current release's parts anew; how many were others before.

    A lesson's row is what was released of it, so it is read and not its revision. Three
    queries and one write, at any number of lessons.
    """
    if lock_course(course.pk) is None:
        return 0
    items = list(
        ReleaseItem.objects.filter(
            release__course=course.pk, release__status=ReleaseStatus.CURRENT
        ).order_by("position")
    )
    lessons = LessonPage.objects.in_bulk(
        [item.page_id for item in items if item.kind == ItemKind.LESSON]
    )
    changed = []
    minutes: Counter[int] = Counter()  # by what holds the parts
    for item in reversed(items):  # what a part holds stands behind it
        lesson = lessons.get(item.page_id)
        now = lesson.estimated_duration if lesson else minutes[item.pk]
        minutes[item.parent_id or items[0].pk] += now
        captions = lesson.captions if lesson else None
        if (item.minutes, item.captions) != (now, captions):
            item.minutes, item.captions = now, captions
            changed.append(item)
    ReleaseItem.objects.bulk_update(changed, ["minutes", "captions"])
    if changed:
        logger.info(
            "lessons read again",
            extra={"event": "release.read_again", "course": course.pk, "parts": len(changed)},
        )
    return len(changed)
