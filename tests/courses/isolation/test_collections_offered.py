"""Where a file that is added most likely belongs."""

import pytest
from django.urls import reverse

from courses.isolation.collections import last_written_in
from courses.teams.members import create_course
from tests.builders import a_lesson
from tests.people import logged_in

NAMES = ("wagtailimages:add_multiple", "wagtaildocs:add_multiple")


@pytest.fixture
def courses(ada, catalogue):
    made = [create_course(producer=ada, title=title) for title in ("A workshop on pizza", "Sewing")]
    return [(course, a_lesson(under=course, title="One")) for course in made]


@pytest.mark.parametrize("name", NAMES)
def test_what_is_added_goes_to_the_course_one_wrote_in_last(client, ada, bruno, courses, name):
    logged_in(client, ada)

    for course, lesson in (courses[1], courses[0], courses[1]):
        lesson.save_revision(user=ada)
        for _course, other in courses:
            other.save_revision(user=bruno)
        chosen = client.get(reverse(name)).context["selected_collection_id"]
        assert chosen == str(course.collection_id)


@pytest.mark.parametrize("name", NAMES)
def test_a_course_that_is_asked_for_is_chosen(client, ada, courses, name):
    asked = str(courses[0][0].collection_id)
    courses[1][1].save_revision(user=ada)

    shown = logged_in(client, ada).get(reverse(name), {"collection_id": asked})

    assert shown.context["selected_collection_id"] == asked


def test_where_a_person_wrote_last_is_asked_in_one_go(
    ada, bruno, catalogue, django_assert_num_queries
):
    """Also of somebody whose last pages all stand in courses of others."""
    own = create_course(producer=ada, title="Own")
    own.save_revision(user=ada)
    for number in range(3):
        foreign = create_course(producer=bruno, title=f"Mending {number}")
        foreign.save_revision(user=ada)

    with django_assert_num_queries(3):
        found = last_written_in(ada)

    assert found == str(own.collection_id)
