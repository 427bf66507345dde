"""The editor's forms and panels, put on the pages they edit."""

from wagtail.models import Page

from courses.models import ChapterPage, CoursePage, LessonPage

from .numbers import read_numbers_as_they_are_written
from .page_forms import BoundedCopyForm, CoursePageForm, TaughtPageForm
from .panels import chapter_editor, course_editor, lesson_editor

EDITORS = (
    (CoursePage, course_editor, CoursePageForm),
    (ChapterPage, chapter_editor, TaughtPageForm),
    (LessonPage, lesson_editor, TaughtPageForm),
)


def dress_pages() -> None:
    """Called once, before Wagtail asks for an edit handler; it keeps the first it finds."""
    read_numbers_as_they_are_written()
    for model, editor, form in EDITORS:
        model.edit_handler = editor()
        model.base_form_class = form
    Page.copy_form_class = BoundedCopyForm
