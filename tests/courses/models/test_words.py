"""The labels of models are marked, and their refusals say why by a code."""

import pytest
from django.utils.functional import Promise

from courses.errors import CourseError
from courses.models import Category, ChapterPage, CoursePage, LessonPage
from tests.builders import a_course, lesson_called

pytestmark = pytest.mark.django_db

# Fields of ours in the editor's forms; Wagtail and taggit bring the labels of theirs.
FIELDS = [
    (Category, "name slug pattern order"),
    (ChapterPage, "description"),
    (LessonPage, "body is_preview minutes pass_mark"),
    (
        CoursePage,
        "subtitle description price currency category level language requirements "
        "what_you_will_learn thumbnail structure_type",
    ),
]


@pytest.mark.parametrize(("model", "names"), FIELDS)
def test_labels_of_the_editors_fields_are_marked(model, names):
    fields = [model._meta.get_field(name) for name in names.split()]
    told = [field.verbose_name for field in fields]
    told += [model._meta.verbose_name, model._meta.verbose_name_plural]
    told += [field.help_text for field in fields if field.help_text]

    assert [label for label in told if not isinstance(label, Promise)] == []


def test_a_page_that_waits_to_leave_says_so(ada):
    lesson = lesson_called("Cutting straight", course=a_course(by=ada))
    lesson.retired = True

    assert lesson.get_admin_display_title() == "Cutting straight (removed)"
    lesson.live = True
    assert lesson.get_admin_display_title() == "Cutting straight (leaves with the next release)"


def test_a_page_of_a_course_is_neither_published_nor_copied_as_an_alias_on_its_own(ada):
    lesson = lesson_called("Cutting straight", course=a_course(by=ada))
    refused = {
        "shown_by_releases": lambda: lesson.publish(lesson.latest_revision),
        "leaves_with_releases": lesson.unpublish,
        "page_has_no_aliases": lesson.create_alias,
        "page_is_alias": lambda: LessonPage(alias_of_id=lesson.pk).save(),
    }

    for code, verb in refused.items():
        with pytest.raises(CourseError) as refusal:
            verb()
        assert refusal.value.code == code
