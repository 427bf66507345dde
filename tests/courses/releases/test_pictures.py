"""The picture of a course's card is made before anybody waits for the course."""

import pytest
from wagtail.models import Page

from courses import releases
from courses.models import CourseRelease, CourseRendition
from tests.builders import a_course
from tests.media import an_image
from tests.people import person


@pytest.mark.django_db
def test_an_approval_makes_no_picture(ada, mira):
    course = a_course(by=ada)
    course.thumbnail = an_image(title="Hem", course=course, by=ada)
    course.save_revision()

    release = releases.submit_course(course=Page.objects.get(pk=course.pk).specific, user=ada)

    made = set(CourseRendition.objects.values_list("pk", flat=True))
    assert len(made) == 3
    releases.approve_release(release=release, user=person("mira"))
    assert CourseRelease.objects.get(course=course).status == "current"
    assert set(CourseRendition.objects.values_list("pk", flat=True)) == made
