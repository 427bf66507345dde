"""What the studio's lists and frames count and offer, and to whom."""

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from courses.beginning import importing
from courses.beginning.bringing import bring
from courses.editor.frame import course_frame, course_in_frame
from courses.editor.home import COURSES
from courses.editor.my_courses import own_courses
from courses.editor.waiting import MOST, WhatWaits
from courses.models import CourseImport, LessonPage
from learners.enrollment.enrollments import revoke
from tests.builders import a_course, a_released_course, an_enrollment
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
