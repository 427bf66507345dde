"""Ids in content: a page may only come to hold what its writer may choose.

The editor's choosers show a person their own pages, images and documents, but what a
browser posts is any id. So what a page refers to after a form is compared with what it
referred to before, and each new reference must be one the person may choose. What stood
there before stays valid: a colleague who left the team took nothing with them.
"""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model
from django.utils.translation import gettext_lazy as _
from wagtail.models import AbstractPage, Page
from wagtail.models.reference_index import ReferenceIndex
from wagtail.permissions import policy_registry

from courses.models.media import CourseDocument, CourseImage
from courses.people import Person
from courses.shapes.numbers import whole_number

# A page, an image or a document: its model and its id, as a form holds it.
Named = tuple[type[Model], str]

# A sentence for each kind of thing that may be named and not be one's own.
REFUSALS = {
    Page: _(
        "This page refers to a page that you cannot choose. "
        "Remove it, or choose one of your own courses instead."
    ),
    CourseImage: _(
        "This page refers to an image that you cannot choose. "
        "Remove it, or choose one of your own courses instead."
    ),
    CourseDocument: _(
        "This page refers to a document that you cannot choose. "
        "Remove it, or choose one of your own courses instead."
    ),
}


def references(instance: Any) -> set[Named]:
    """(model, id) of every page, image and document that ``instance`` refers to.

    Looks into foreign keys, StreamField blocks and rich text (links and embeds).
    """
    found: set[Named] = set()
    for type_id, object_id, *_where in ReferenceIndex._extract_references_from_object(instance):
        model = ContentType.objects.get_for_id(type_id).model_class()
        if model is not None and issubclass(model, AbstractPage):
            found.add((Page, object_id))
        elif model is not None and model in REFUSALS:
            found.add((model, object_id))
    return found


def choosable_ids(model: type[Model], ids: set[str], user: Person) -> set[str]:
    """Those of ``ids`` that ``user`` may choose; one query, none for no ids."""
    numbers = [key for key in map(whole_number, ids) if key is not None]
    if not numbers:
        return set()
    policy = policy_registry.get_by_type(model)
    if model is Page:
        rows = policy.explorable_instances(user)
    else:
        rows = policy.instances_user_has_permission_for(user, "choose")
    return {str(pk) for pk in rows.filter(pk__in=numbers).values_list("pk", flat=True)}


def refusals(*, before: set[Named], after: set[Named], user: Person) -> list[str]:
    """A sentence for each kind of new reference that ``user`` may not choose.

    Foreign and missing ids get the same sentence.
    """
    sentences = []
    for model, sentence in REFUSALS.items():
        new = {object_id for kind, object_id in after - before if kind is model}
        if new - choosable_ids(model, new, user):
            sentences.append(str(sentence))
    return sentences
