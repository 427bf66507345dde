"""Which images and documents a release holds.

A release pins what pages say; a picture or a file they refer to is a row of its own. So that
learners go on seeing what was approved, and a moderator what was submitted, such a file is
neither replaced nor deleted: a new one is uploaded beside it and goes out with the next
release.
"""

from collections.abc import Iterable
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from courses.models import CourseDocument, CourseImage, ReleaseItem, ReleaseStatus

REFUSAL = _(
    "What was submitted or released holds this file, so it stays as it was reviewed. "
    "Upload the new one beside it and choose that one instead."
)
Media = CourseImage | CourseDocument
MEDIA: tuple[type[Model], ...] = (CourseImage, CourseDocument)
# An earlier release may be shown again, and its lessons be read from a learner's history.
HOLDING = (ReleaseStatus.IN_REVIEW, ReleaseStatus.CURRENT, ReleaseStatus.SUPERSEDED)


def is_in_a_release(media: Media) -> bool:
    """Whether learners see or saw ``media`` (an image or a document), or a moderator is to decide.

    One query, by an index on what each release item holds.
    """
    key = _key(type(media), media.pk)
    return ReleaseItem.objects.filter(media__contains=[key], release__status__in=HOLDING).exists()


def media_of(page: Model) -> list[str]:
    """Keys of the images and documents that ``page``, as it is in memory, refers to.

    Reads the page's own fields, as Wagtail's reference index does. Asks the database nothing
    when the body has been read, as ``drafts.nodes.read_draft`` reads all of them at once.
    """
    keys = set()
    for field in page._meta.concrete_fields:
        value = field.value_from_object(page)
        if hasattr(field, "extract_references"):
            found = field.extract_references(value)
            keys |= {_key(model, pk) for model, pk, *_ in found if model in MEDIA}
        elif field.related_model in MEDIA and value:
            keys.add(_key(field.related_model, value))
    return sorted(keys)


def missing_of(keys: Iterable[str]) -> set[str]:
    """Those of ``keys`` whose image or document is gone; a query for images, one for documents."""
    wanted = set(keys)
    there: set[str] = set()
    for model in MEDIA:
        name = model._meta.model_name
        pks = [key.partition(":")[2] for key in wanted if key.startswith(f"{name}:")]
        if pks:
            found = model._default_manager.filter(pk__in=pks).values_list("pk", flat=True)
            there |= {_key(model, pk) for pk in found}
    return wanted - there


def media_held(item: ReleaseItem) -> list[tuple[type[Model], int]]:
    """(model, id) of the images and documents that a pinned page refers to."""
    models = {model._meta.model_name: model for model in MEDIA}
    pairs = (key.split(":") for key in item.media)
    return [(models[name], int(pk)) for name, pk in pairs]


def _key(model: type[Model], pk: Any) -> str:
    return f"{model._meta.model_name}:{pk}"
