"""What holds for every page of a course, whoever made it."""

import pytest
from django.db.models import ProtectedError
from wagtail.models import Workflow

from courses.models import LessonPage
from tests.builders import a_course, a_submission, lesson_called


def test_pages_of_a_course_are_born_drafts(ada):
    lesson = a_course(by=ada).add_child(instance=LessonPage(title="Live at once", live=True))

    assert not LessonPage.objects.get(pk=lesson.pk).live


def test_the_catalogue_has_the_review_workflow(catalogue):
    workflow = Workflow.objects.get(name="Course review")

    assert catalogue.workflowpage.workflow == workflow
    assert workflow.tasks.count() == 1


def test_what_was_pinned_cannot_be_deleted_from_the_database(ada):
    release = a_submission(by=ada)

    with pytest.raises(ProtectedError):
        release.items.first().revision.delete()
    with pytest.raises(ProtectedError):
        lesson_called("Cutting straight", course=release.course).delete()
    assert release.items.count() == 7
