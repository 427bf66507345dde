"""Which images and documents a release holds.

A release pins what pages say; a picture or a file they refer to is a row of its own. So that
learners go on seeing what was approved, and a moderator what was submitted, such a file is
neither replaced nor deleted: a new one is uploaded beside it and goes out with the next
release.
"""

from django.db.models import Q
from django.db.models.fields.json import KeyTextTransform
from wagtail.models.reference_index import ReferenceIndex

from .foreign import references
from .models import ReleaseItem, ReleaseStatus

REFUSAL = (
    "This file is part of a release, so it stays as it was reviewed. "
    "Upload the new one beside it and choose that one instead."
)
SEEN = (ReleaseStatus.CURRENT, ReleaseStatus.SUPERSEDED)


def is_in_a_release(media) -> bool:
    """Whether learners see ``media`` (an image or a document), or a moderator is to decide on it.

    Two queries, and one more for each submission that seems to name it.
    """
    return _is_seen(media) or _is_in_review(media)


def _is_seen(media) -> bool:
    """Asks the reference index, which knows what published pages say."""
    pages = ReferenceIndex.get_references_to(media).values_list("object_id", flat=True)
    ids = [int(pk) for pk in set(pages) if pk.isdigit()]
    return ReleaseItem.objects.filter(page_id__in=ids, release__status__in=SEEN).exists()


def _is_in_review(media) -> bool:
    """Looks into the pinned revisions themselves; few courses wait at a time."""
    waiting = (
        ReleaseItem.objects.filter(release__status=ReleaseStatus.IN_REVIEW)
        .annotate(
            body=KeyTextTransform("body", "revision__content"),
            cover=KeyTextTransform("thumbnail", "revision__content"),
        )
        # The number anywhere first; what it means is read below.
        .filter(Q(body__regex=rf"\y{media.pk}\y") | Q(cover=str(media.pk)))
        .select_related("revision")
    )
    named = (type(media), str(media.pk))
    return any(named in references(item.revision.as_object()) for item in waiting)
