"""My learning: what was opened last comes first, the rest by state, and history."""

import pytest
from django.urls import reverse
from django.utils.html import escape

from courses.covers.pictures import course_picture, make_thumbnail
from learners.enrollment.enrollments import enroll, revoke
from learners.enrollment.progress import mark_complete, open_lesson, save_position
from learners.study.selectors import history_of, shelf_of
from learners.study.syllabus import syllabus_of
from tests.media import an_image
from tests.people import logged_in
from tests.study import a_course_to_study, lessons_of, released

pytestmark = pytest.mark.django_db
SYLLABUS = ["First", "Second"]


def a_shelf(ada, cleo):
    """Five courses of Cleo's, one in each state and one more in progress."""
    titles = ("Earlier", "Now", "Unopened", "Done", "Returned")
    courses = {title: a_course_to_study(by=ada, title=title, syllabus=SYLLABUS) for title in titles}
    held = {title: enroll(user=cleo, course=course) for title, course in courses.items()}
    for title in ("Earlier", "Now"):
        open_lesson(enrollment=held[title], lesson=lessons_of(courses[title])[0])
    for lesson in lessons_of(courses["Done"]):
        mark_complete(enrollment=held["Done"], lesson=lesson)
    revoke(enrollment=held["Returned"])
    return courses, held


def titles(enrollments):
    return [enrollment.course.title for enrollment in enrollments]


def test_courses_stand_by_state_and_the_last_opened_stands_alone(ada, cleo):
    a_shelf(ada, cleo)

    shelf = shelf_of(cleo)

    assert shelf.current.course.title == "Now"
    assert shelf.step.title == "First"
    assert titles(shelf.in_progress) == ["Earlier"]
    assert titles(shelf.not_started) == ["Unopened"]
    assert titles(shelf.finished) == ["Done"]
    assert titles(shelf.refunded) == ["Returned"]


def test_the_page_leads_to_every_course_that_is_open(client, ada, cleo):
    courses, held = a_shelf(ada, cleo)
    save_position(enrollment=held["Now"], lesson=lessons_of(courses["Now"])[0], second=5)

    text = logged_in(client, cleo).get("/my-learning/").text

    for title in ("Earlier", "Unopened", "Done"):
        assert reverse("learners:resume", args=[courses[title].uuid]) in text
    assert reverse("learners:lesson", args=[lessons_of(courses["Now"])[0].uuid]) in text
    assert reverse("learners:resume", args=[courses["Returned"].uuid]) not in text
    assert "Its lessons are closed." in text
    assert "Where you stopped, last studied now" in " ".join(text.split())


def test_an_empty_shelf_says_so(client, dana):
    text = logged_in(client, dana).get("/my-learning/").text

    assert "Your shelf has room" in text


def test_a_visitor_signs_in_first(client):
    response = client.get("/my-learning/")

    assert response.status_code == 302
    assert response["Location"] == "/accounts/login/?next=/my-learning/"


def test_courses_are_known_by_their_own_pictures(client, ada, cleo):
    address = {}
    for title in ("Resumed", "Beside", "Drawn"):
        course = a_course_to_study(by=ada, title=title, syllabus=SYLLABUS)
        if title != "Drawn":
            course.thumbnail = an_image(title=title, course=course, by=ada)
            course.save(update_fields=["thumbnail"])
        enrollment = enroll(user=cleo, course=course)
        open_lesson(enrollment=enrollment, lesson=lessons_of(course)[0])
        make_thumbnail(course)
        address[title] = course_picture(course).src

    text = logged_in(client, cleo).get("/my-learning/").text

    assert address["Resumed"].startswith("/images/") and address["Drawn"].startswith("/covers/")
    for url in address.values():
        assert f'src="{escape(url)}"' in text


@pytest.mark.parametrize("courses", [2, 12])
def test_the_shelf_costs_the_same_at_any_size(
    client, ada, cleo, courses, django_assert_max_num_queries
):
    for number in range(courses):
        course = a_course_to_study(by=ada, title=f"Course {number}", syllabus=SYLLABUS)
        course.thumbnail = an_image(title="Cover", course=course, by=ada)
        course.save(update_fields=["thumbnail"])
        make_thumbnail(course)  # as when it is submitted
        enrollment = enroll(user=cleo, course=course)
        open_lesson(enrollment=enrollment, lesson=lessons_of(course)[0])
    logged_in(client, cleo)

    # session, user, enrollments, leads, thumbnails, outline, marks, last lesson
    with django_assert_max_num_queries(8):
        client.get("/my-learning/")


def test_history_keeps_what_has_left_the_course(client, ada, cleo):
    course = a_course_to_study(by=ada, title="Now", syllabus=SYLLABUS)
    first, second = lessons_of(course)
    enrollment = enroll(user=cleo, course=course)
    mark_complete(enrollment=enrollment, lesson=first)
    released(course, without=[first])

    text = logged_in(client, cleo).get(reverse("learners:history", args=[course.uuid])).text

    assert reverse("learners:lesson", args=[first.uuid]) in text
    assert "Left the course" in text
    assert second.title not in text


def test_history_stands_in_the_order_of_the_course(ada, cleo):
    course = a_course_to_study(by=ada, syllabus=["First", "Second", "Third", "Fourth"])
    first, second, third, fourth = lessons_of(course)
    enrollment = enroll(user=cleo, course=course)
    for lesson in (third, second, first, fourth):
        open_lesson(enrollment=enrollment, lesson=lesson)
    released(course, without=[second])

    lessons = history_of(enrollment, syllabus_of(course_id=course.pk, enrollment=enrollment))

    assert [lesson.title for lesson in lessons] == ["First", "Third", "Fourth", "Second"]
    assert [lesson.retired for lesson in lessons] == [False, False, False, True]


def test_history_of_a_course_one_never_had_is_missing(client, ada, dana):
    course = a_course_to_study(by=ada, syllabus=SYLLABUS)

    response = logged_in(client, dana).get(reverse("learners:history", args=[course.uuid]))

    assert response.status_code == 404


def test_history_after_a_refund_names_lessons_and_opens_none(client, ada, cleo):
    course = a_course_to_study(by=ada, syllabus=SYLLABUS)
    enrollment = enroll(user=cleo, course=course)
    lesson = lessons_of(course)[0]
    open_lesson(enrollment=enrollment, lesson=lesson)
    revoke(enrollment=enrollment)

    text = logged_in(client, cleo).get(reverse("learners:history", args=[course.uuid])).text

    assert lesson.title in text
    assert reverse("learners:lesson", args=[lesson.uuid]) not in text
