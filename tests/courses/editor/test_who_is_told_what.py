"""What the studio's lists and frames count and offer, and to whom."""

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from wagtail.admin.menu import admin_menu
from wagtail.models import Comment

from courses import releases
from courses.beginning import importing
from courses.beginning.bringing import bring
from courses.editor.frame import course_frame, course_in_frame
from courses.editor.home import COURSES
from courses.editor.my_courses import own_courses
from courses.editor.onward import neighbours_of
from courses.editor.waiting import MOST, WhatWaits
from courses.models import CourseImport, CoursePage, LessonPage
from learners.enrollment.enrollments import revoke
from tests.builders import (
    a_course,
    a_released_course,
    a_submission,
    an_enrollment,
    lesson_called,
)
from tests.people import logged_in
from tests.teams import add_instructor

pytestmark = pytest.mark.django_db


def shown(client, name: str, *args) -> BeautifulSoup:
    answer = client.get(reverse(name, args=args))
    assert answer.status_code == 200
    return BeautifulSoup(answer.text, "html.parser")


def words(element) -> str:
    return " ".join(element.text.split())


def the_course(ada):
    """The only one of hers, as the list of her courses has it."""
    (row,) = own_courses(user=ada).rows
    return row


# Counted


def test_whoever_was_refunded_is_no_learner_of_the_list(ada, cleo, dana):
    course = a_released_course(by=ada)
    an_enrollment(user=cleo, course=course)
    revoke(enrollment=an_enrollment(user=dana, course=course))

    assert the_course(ada).learners == 1


def test_a_lesson_that_leaves_is_not_counted_in_the_list(ada):
    course = a_course(by=ada, syllabus=["Threads", "Needles"])
    assert the_course(ada).lessons == 2

    LessonPage.objects.descendant_of(course).filter(title="Needles").update(retired=True)

    assert the_course(ada).lessons == 1


def test_the_sentence_of_home_says_a_hundred_as_it_says_more():
    assert WhatWaits([], MOST - 1, []).sentence == "99 things wait for you"
    assert WhatWaits([], MOST, []).sentence == "More than 99 things wait for you"


# Said


def test_a_course_whose_lead_teaches_no_more_says_so(client, ada, bruno):
    course = a_course(by=ada)
    add_instructor(course=course, email=bruno.email, by=ada)
    assert the_course(bruno).led

    ada.role = "consumer"
    ada.save()

    assert not the_course(bruno).led
    page = shown(logged_in(client, bruno), "studio:my_courses")
    assert "Whoever leads it does not teach here any more." in words(page.select_one(".st-course"))


# Offered


def test_home_leads_to_all_courses_once_there_are_more_than_it_shows(client, ada):
    def way(page: BeautifulSoup) -> list[str]:
        return [words(one) for one in page.select("main a") if words(one) == "All my courses"]

    for number in range(COURSES):
        a_course(by=ada, title=f"Course {number}", syllabus=[])
    page = shown(logged_in(client, ada), "wagtailadmin_home")
    assert (len(page.select(".st-course")), way(page)) == (COURSES, [])

    a_course(by=ada, title="One more", syllabus=[])

    page = shown(client, "wagtailadmin_home")
    assert (len(page.select(".st-course")), way(page)) == (COURSES, ["All my courses"])


def test_the_report_of_what_came_in_is_offered_to_whoever_brought_it_alone(ada, bruno, catalogue):
    one = bring(person=ada, file=SimpleUploadedFile("knots.md", b"# First\n\nOne.\n"))
    importing.work(one.pk)
    course = CourseImport.objects.get().course
    add_instructor(course=course, email=bruno.email, by=ada)

    def offered(user) -> str:
        told = course_in_frame(user=user, course_id=course.pk)
        return course_frame(told, user=user, tab="outline").report_url

    assert offered(ada) == reverse("studio:import_report", args=[one.key])
    assert offered(bruno) == ""


def test_no_more_than_three_courses_of_which_nobody_knows_are_read_at_once(client, ada):
    for number in range(4):
        a_course(by=ada, title=f"Course {number}")
    logged_in(client, ada)

    def ready() -> int:
        page = shown(client, "wagtailadmin_home")
        return sum("9 of 9 ready" in words(one) for one in page.select(".st-course"))

    assert [ready(), ready()] == [3, 4]


def test_what_a_moderator_asked_is_late_and_a_comment_is_not(client, ada, bruno, mira):
    releases.ask_for_changes(release=a_submission(by=ada), user=mira, note="Say more.")
    other = a_course(by=ada, title="Bread from rye")
    add_instructor(course=other, email=bruno.email, by=ada)
    Comment.objects.create(page_id=other.pk, user=bruno, text="Why?", contentpath="title")

    page = shown(logged_in(client, ada), "wagtailadmin_home")

    assert [(words(row.b), row.get("class")) for row in page.select(".st-rows > li")] == [
        ("Sewing by hand", ["due"]),
        ("Bruno Keller", None),
    ]


def test_the_frame_submits_again_what_was_sent_back(client, ada, mira):
    course = a_course(by=ada)

    def button() -> str:
        page = shown(logged_in(client, ada), "studio:team", course.pk)
        return words(page.select_one(".st-submission form button"))

    release = a_submission(by=ada, course=course)
    releases.withdraw_release(release=release, user=ada)
    assert button() == "Submit for review"

    release = a_submission(by=ada, course=CoursePage.objects.get(pk=course.pk))
    releases.ask_for_changes(release=release, user=mira, note="Say more about thread.")

    assert button() == "Submit again"


def test_the_lessons_beside_a_lesson_are_the_nearest(ada):
    course = a_course(
        by=ada, syllabus={"Tools": ["One", "Two", "Three"], "Shirt": ["Four", "Five"]}
    )

    beside = neighbours_of(lesson_called("Three", course=course), course)

    assert (beside.previous.title, beside.next.title) == ("Two", "Four")


def test_the_menu_leads_to_courses_whoever_may_teach_and_nobody_else(client, ada, mira):
    def names(user) -> list[str]:
        request = logged_in(client, user).get(reverse("wagtailadmin_home")).wsgi_request
        return [item.name for item in admin_menu.menu_items_for_request(request)]

    assert "my-courses" in names(ada)
    assert "my-courses" not in names(mira)
