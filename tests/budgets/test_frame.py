"""What the frame of a course may cost, however long the course is."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from courses.models import LessonPage
from tests.builders import a_lesson, a_released_course, lesson_called
from tests.people import logged_in

pytestmark = pytest.mark.django_db

# Whose session it is and what they are to the editor: of every page in the admin.
ADMIN = 2
COSTS = {
    "studio:before_you_submit": ADMIN + 12,  # reads the draft anew, its price, how long it takes
    "studio:team": ADMIN + 7,
    "moderation:history": ADMIN + 7,
}


def visit(client, address: str) -> list[dict[str, str]]:
    """The statements of a second visit."""
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(address)
    assert answer.status_code == 200
    return list(captured)


@pytest.fixture
def course(ada):
    course = a_released_course(by=ada, syllabus=["Needles", "Running"])
    draft = lesson_called("Needles", course=course).get_latest_revision_as_object()
    draft.title = "Needles and pins"
    draft.save_revision()
    return course


@pytest.mark.parametrize("name", COSTS)
def test_a_page_of_a_course_costs_what_it_shows(client, ada, course, name):
    address = reverse(name, args=[course.pk])

    assert len(visit(logged_in(client, ada), address)) == COSTS[name]


@pytest.mark.parametrize("name", ["studio:team", "wagtailadmin_pages:edit"])
def test_the_frame_costs_the_same_with_two_lessons_and_with_twenty(client, ada, course, name):
    address = reverse(name, args=[course.pk])
    logged_in(client, ada)
    of_two = len(visit(client, address))

    for number in range(18):
        a_lesson(under=course, title=f"Stitch {number}")

    captured = visit(client, address)
    assert len(captured) == of_two


def test_a_lesson_costs_the_same_in_a_course_of_two_and_of_twenty(client, ada, course):
    lesson = LessonPage.objects.get(title="Running")
    address = reverse("wagtailadmin_pages:edit", args=[lesson.pk])
    logged_in(client, ada)
    of_two = len(visit(client, address))

    for number in range(18):
        a_lesson(under=course, title=f"Stitch {number}")

    assert len(visit(client, address)) == of_two
