"""A chapter: a heading under which lessons, and further chapters, stand."""

from django.db import models
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page

from .drafts import CoursePart


class ChapterPage(CoursePart, Page):
    """Nested to any depth. A chapter has no public page of its own."""

    description = models.TextField(
        blank=True, max_length=600, help_text="What this chapter is for, in a sentence or two."
    )
    retired = models.BooleanField(
        default=False, editable=False, help_text="Leaves the course with the next release."
    )

    content_panels = [*Page.content_panels, FieldPanel("description")]
    promote_panels = []
    settings_panels = []
    parent_page_types = ["courses.CoursePage", "courses.ChapterPage"]
    subpage_types = ["courses.ChapterPage", "courses.LessonPage"]

    class Meta:
        verbose_name = "chapter"

    def get_url_parts(self, request=None):
        """None: the outline of the course shows its chapters."""
        return
