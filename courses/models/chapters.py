"""A chapter: a heading under which lessons, and further chapters, stand."""

from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from .courses import CoursePage
from .drafts import CoursePart
from .structure import takes_chapters


class ChapterPage(CoursePart, Page):
    """Nested to any depth. A chapter has no public page of its own."""

    description = models.TextField(
        blank=True,
        max_length=2000,
        help_text=_("What this chapter is for, in a sentence or two."),
        verbose_name=_("description"),
    )
    retired = models.BooleanField(
        default=False, editable=False, help_text=_("Leaves the course with the next release.")
    )

    objects: ClassVar[Any]

    promote_panels: list[Any] = []
    preview_modes: list[tuple[str, str]] = []  # nothing to see but in the outline
    settings_panels: list[Any] = []
    parent_page_types = ["courses.CoursePage", "courses.ChapterPage"]
    subpage_types = ["courses.ChapterPage", "courses.LessonPage"]

    class Meta:
        verbose_name = _("chapter")
        verbose_name_plural = _("chapters")

    @classmethod
    def can_exist_under(cls, parent: Page) -> bool:
        """Not right under a course whose draft is flat; asked on create, move and copy."""
        if not super().can_exist_under(parent):
            return False
        return parent.specific_class is not CoursePage or takes_chapters(parent)

    def get_url_parts(self, request: HttpRequest | None = None) -> None:
        """None: the outline of the course shows its chapters."""
        return
