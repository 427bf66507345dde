"""Whether a release says anything new of its course, or sells it for another price alone."""

import json
from collections.abc import Sequence
from typing import Any

from wagtail.fields import StreamField
from wagtail.models import Revision

from courses.drafts.digest import revised_content, revised_fields
from courses.models import CoursePage, CourseRelease, ItemKind, ReleaseItem, ReleaseStatus

# What a course is sold for: no part of what it teaches.
TERMS = frozenset({"price", "currency"})
TOLD = ("page_id", "position", "depth", "digest")


def changes_terms_alone(release: CourseRelease, items: Sequence[ReleaseItem]) -> bool:
    """Whether ``release`` is what learners see now, but for its price.

    ``items`` come with their revisions. One SQL, and one more where all lessons and chapters are
    the same.
    """
    current = ReleaseItem.objects.filter(
        release__course_id=release.course_id, release__status=ReleaseStatus.CURRENT
    )
    before = list(current.values("kind", "revision_id", *TOLD))
    course = next((row for row in before if row["kind"] == ItemKind.COURSE), None)
    if course is None:
        return False
    parts = {tuple(row[name] for name in TOLD) for row in before if row is not course}
    pinned = [item for item in items if item.kind != ItemKind.COURSE]
    if parts != {tuple(getattr(item, name) for name in TOLD) for item in pinned}:
        return False
    old = Revision.objects.values_list("content", flat=True).get(pk=course["revision_id"])
    (new,) = [item.revision.content for item in items if item.kind == ItemKind.COURSE]
    return _without_terms(old) == _without_terms(new)


def _without_terms(content: dict[str, Any]) -> dict[str, Any]:
    """Lists are told as JSON in a text, whose keys come in any order."""
    told = revised_content(CoursePage, content)
    lists = {field.name for field in revised_fields(CoursePage) if isinstance(field, StreamField)}
    return {
        name: json.loads(value) if name in lists and value else value
        for name, value in told.items()
        if name not in TERMS
    }
