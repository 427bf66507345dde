"""Pictures and files of one course, copied into the collection of another.

Collections are a course's own: what its team may replace or delete must not be part of what
another team writes.
"""

from collections.abc import Iterable
from pathlib import PurePosixPath
from typing import Any

from django.core.files import File
from django.core.files.storage import Storage
from django.db.models import Model
from wagtail.models import Collection
from wagtail.permissions import policy_registry
from wagtail.search.backends import get_search_backends

from courses.files.held import MEDIA
from courses.people import Person

Copies = dict[tuple[type[Model], int], int]  # (model, key of the original): key of the copy


class MediaCopier:
    """Copies each file once. ``discard`` removes what was written when the transaction fails."""

    def __init__(self, *, owner: Person) -> None:
        self.owner = owner
        self._written: list[tuple[Storage, str]] = []

    def copy(self, wanted: Iterable[tuple[type[Model], int]], *, to: Collection) -> Copies:
        """Of ``wanted`` those that the owner may choose; a fixed number of SQL.

        What they may not, or what is gone, has no copy.
        """
        keys = set(wanted)
        made: Copies = {}
        for model in MEDIA:
            mine = policy_registry.get_by_type(model).instances_user_has_any_permission_for(
                self.owner, ["choose"]
            )
            originals = list(mine.filter(pk__in=[pk for kind, pk in keys if kind is model]))
            copies = [self._copied(original, to) for original in originals]
            model._default_manager.bulk_create(copies)
            for backend in get_search_backends(with_auto_update=True):
                backend.add_bulk(model, copies)
            pairs = zip(originals, copies, strict=True)
            made |= {(model, original.pk): copy.pk for original, copy in pairs}
        return made

    def discard(self) -> None:
        for storage, name in self._written:
            storage.delete(name)
        self._written = []

    def _copied(self, original: Any, to: Collection) -> Any:
        kept = {
            field.attname: getattr(original, field.attname)
            for field in original._meta.concrete_fields
            if not field.primary_key
        }
        copy = type(original)(**kept | {"collection_id": to.pk, "uploaded_by_user": self.owner})
        name = PurePosixPath(original.file.name).name
        storage = original.file.storage
        with storage.open(original.file.name, "rb") as content:
            copy.file.name = storage.save(
                copy.file.field.generate_filename(copy, name), File(content, name=name)
            )
        copy.file._committed = True
        self._written.append((storage, copy.file.name))
        return copy
