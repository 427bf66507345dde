"""What an import begins and does not end is taken away again.

The course itself is added to the catalogue first and by itself, because whoever else begins a
course waits for that; its chapters, lessons and files follow in one transaction of their own. If
that fails, the empty course goes; if the process dies, a promise remembers it.
"""

import logging
from datetime import timedelta

from django.db import transaction
from wagtail.models import Collection

from courses.drafts.locks import lock_course
from courses.models import CourseDocument, CourseImage, CoursePage
from courses.promises.keeping import keeper
from courses.promises.promising import promise, settle
from courses.promises.queues import MEDIA

logger = logging.getLogger(__name__)

# No import takes as long; whoever looks earlier could take away what is still being built.
LONG_OVER = timedelta(hours=6)


def begin(course: CoursePage) -> None:
    """In the transaction that adds the course."""
    promise(
        "courses.remove_unfinished",
        key=_key(course.pk),
        not_before=LONG_OVER,
        course_id=course.pk,
        revision_id=course.latest_revision_id,
    )


def end(course: CoursePage) -> None:
    """In the transaction that builds everything below it."""
    settle(_key(course.pk))


def give_up(course: CoursePage, begun_as: int | None) -> None:
    """Once the second transaction has failed; ``begun_as`` is the revision that ``begin`` knew."""
    remove_unfinished(course_id=course.pk, revision_id=begun_as)
    settle(_key(course.pk))


def _key(course_id: int) -> str:
    return f"unfinished:{course_id}"


@keeper("courses.remove_unfinished", queue=MEDIA)
@transaction.atomic
def remove_unfinished(*, course_id: int, revision_id: int | None) -> None:
    """The course, its collection and its team, unless somebody has begun to write there: below it,
    in its files, or in the course itself, whose newest revision is then not ``revision_id``."""
    if not CoursePage.objects.filter(pk=course_id).exists():
        return
    lock_course(course_id)
    course = CoursePage.objects.get(pk=course_id)
    collection = course.collection
    if course.latest_revision_id != revision_id:
        return
    if course.get_children().exists() or _holds_files(collection):
        return
    course.delete()
    if collection is not None:
        # As in ``create_course``: the root counts its children.
        Collection.objects.select_for_update().get(depth=1)
        collection.delete()
    logger.info(
        "unfinished course removed",
        extra={"event": "course.removed", "course": course_id},
    )


def _holds_files(collection: Collection | None) -> bool:
    return any(
        media.objects.filter(collection=collection).exists()
        for media in (CourseImage, CourseDocument)
    )
