"""The public identity that every course, chapter and lesson carries."""

import uuid
from typing import Any

from django.db import models


class PublicIdentity(models.Model):
    """A UUID of the page's own, for addresses that survive moves and renames.

    Wagtail's ``translation_key`` is unique only together with a locale, so it cannot
    name a page in public. A copy of a page gets a UUID of its own.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)

    # Fields that belong to the page as a whole, never to one of its revisions: a
    # restored or published revision must not bring old values of them back.
    unrevised_fields: tuple[str, ...] = ("uuid",)
    exclude_fields_in_copy = ["uuid"]

    class Meta:
        abstract = True

    def with_content_json(self, content: dict[str, Any]) -> Any:
        page = super().with_content_json(content)  # type: ignore[misc]  # a page's
        for name in self.unrevised_fields:
            field = self._meta.get_field(name)
            assert isinstance(field, models.Field)
            setattr(page, field.attname, getattr(self, field.attname))
        return page
