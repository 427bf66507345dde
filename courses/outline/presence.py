"""Who else looks at the same outline or writes in the same course, as far as one can tell."""

import time
from collections.abc import Iterable

from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.utils import timezone
from wagtail.admin.models import EditingSession

from courses.models import ChapterPage, CoursePage, LessonPage
from courses.people import Person

# A screen asks every five seconds; three times unheard of is gone.
SEEN_SECONDS = 16
NOTED_AGAIN_SECONDS = 4


def others_at(course_id: int, user: Person) -> list[str]:
    """Names of who else has the outline open; notes that ``user`` has. No SQL.

    Kept in the cache, and no more exact than that: of two who are noted at the same moment one
    is noted by their next look.
    """
    key, now = f"outline-open:{course_id}", time.time()
    noted: dict[str, tuple[str, float]] = cache.get(key) or {}
    there = {who: told for who, told in noted.items() if now - told[1] < SEEN_SECONDS}
    mine = there.get(str(user.pk))
    if mine is None or now - mine[1] > NOTED_AGAIN_SECONDS:
        cache.set(key, there | {str(user.pk): (str(user), now)}, SEEN_SECONDS)
    return sorted(name for who, (name, _at) in there.items() if who != str(user.pk))


def writers_in(pages: Iterable[int], *, besides: Person) -> dict[int, list[str]]:
    """``{page id: names}`` of who has it open in the editor. One SQL."""
    types = ContentType.objects.get_for_models(CoursePage, ChapterPage, LessonPage).values()
    sessions = (
        EditingSession.objects.filter(
            content_type__in=list(types),
            object_id__in=[str(page) for page in pages],
            last_seen_at__gte=timezone.now() - EditingSession.IDLE_TIMEOUT,
        )
        .exclude(user=besides.pk)
        .select_related("user")
        .order_by("user_id")
    )
    found: dict[int, list[str]] = {}
    for session in sessions:
        names = found.setdefault(int(session.object_id), [])
        if (name := str(session.user)) not in names:
            names.append(name)
    return found
