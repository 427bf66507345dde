"""A chapter: a heading under which lessons, and further chapters, stand."""

from django.db import models
from wagtail.models import Page

from courses.editor.page_forms import TaughtPageForm
from courses.editor.panels import chapter_editor

from .drafts import CoursePart


class ChapterPage(CoursePart, Page):
    """Nested to any depth. A chapter has no public page of its own."""

    description = models.TextField(
        blank=True, max_length=600, help_text="What this chapter is for, in a sentence or two."
    )
    retired = models.BooleanField(
        default=False, editable=False, help_text="Leaves the course with the next release."
    )

    edit_handler = chapter_editor()
    base_form_class = TaughtPageForm
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
        # Structure knows the models; read when asked.
        from courses.drafts.structure import takes_chapters
        from courses.models.courses import CoursePage

        return parent.specific_class is not CoursePage or takes_chapters(parent)

    def get_url_parts(self, request=None):
        """None: the outline of the course shows its chapters."""
        return
