"""A chapter: a heading under which lessons, and further chapters, stand."""

from django.db import models
from wagtail.models import Page

from .courses import CoursePage
from .drafts import CoursePart
from .structure import takes_chapters


class ChapterPage(CoursePart, Page):
    """Nested to any depth. A chapter has no public page of its own."""

    description = models.TextField(
        blank=True, max_length=600, help_text="What this chapter is for, in a sentence or two."
    )
    retired = models.BooleanField(
        default=False, editable=False, help_text="Leaves the course with the next release."
    )

    promote_panels = []
    preview_modes = []  # nothing to see but in the outline
    settings_panels = []
    parent_page_types = ["courses.CoursePage", "courses.ChapterPage"]
    subpage_types = ["courses.ChapterPage", "courses.LessonPage"]

    class Meta:
        verbose_name = "chapter"

    @classmethod
    def can_exist_under(cls, parent):
        """Not right under a course whose draft is flat; asked on create, move and copy."""
        if not super().can_exist_under(parent):
            return False
        return parent.specific_class is not CoursePage or takes_chapters(parent)

    def get_url_parts(self, request=None) -> None:
        """None: the outline of the course shows its chapters."""
        return
