"""What the groups of the editor may never hold, and how a producer's refusals read."""

import pytest
from django.contrib.auth.models import Group, Permission
from wagtail.models import GroupPagePermission, Page

from courses.isolation.foreign_ids import refusals
from courses.isolation.groups import PRODUCERS, ensure_groups
from courses.isolation.hooks import collections_of_courses
from courses.models import CourseDocument, CourseImage

pytestmark = pytest.mark.django_db


def test_what_somebody_gave_to_producers_is_taken_back_and_told(catalogue, caplog):
    GroupPagePermission.objects.create(
        group=Group.objects.get(name=PRODUCERS),
        page=catalogue,
        permission=Permission.objects.get(codename="publish_page"),
    )
    caplog.set_level("INFO")

    ensure_groups()
    ensure_groups()

    assert not GroupPagePermission.objects.filter(group__name=PRODUCERS).exists()
    told = [record for record in caplog.records if hasattr(record, "event")]
    assert [(record.event, record.permissions) for record in told] == [("groups.taken_back", 1)]


def test_a_foreign_page_image_and_document_are_each_refused_in_one_sentence(ada, his):
    before = set()
    after = {
        (Page, str(his.lessons[0].pk)),
        (Page, str(his.chapter.pk)),
        (CourseImage, str(his.image.pk)),
        (CourseDocument, str(his.document.pk)),
    }

    assert refusals(before=before, after=after, user=ada) == [
        f"This page refers to {what} that you cannot choose. "
        "Remove it, or choose one of your own courses instead."
        for what in ("a page", "an image", "a document")
    ]


def test_a_collection_says_that_a_course_keeps_it(hers):
    told = collections_of_courses(hers.collection)

    assert (told["count"], told["count_text"]) == (1, "1 course")
