"""Releases of before are counted as learners saw them."""

from importlib import import_module

from django.apps import apps
from django.utils import timezone

from courses.models import CourseRelease
from tests.builders import a_course

MOVE = import_module("courses.migrations.0037_count_the_releases_of_before")


def test_releases_of_before_get_the_numbers_that_learners_would_count(ada, bruno):
    sewing, maps = a_course(by=ada), a_course(by=bruno, title="Maps you can trust")
    kinds = ["cancelled", "superseded", "changes_requested", "superseded", "current", "in_review"]
    for number, status in enumerate(kinds, start=1):
        CourseRelease.objects.create(
            course=sewing, number=number, status=status, submitted_at=timezone.now()
        )
    CourseRelease.objects.create(
        course=maps, number=4, status="current", submitted_at=timezone.now()
    )

    MOVE.count_what_was_shown(apps, None)

    numbers = CourseRelease.objects.order_by("number").values_list("shown_number", flat=True)
    assert list(numbers.filter(course=sewing)) == [None, 1, None, 2, 3, None]
    assert list(numbers.filter(course=maps)) == [1]
