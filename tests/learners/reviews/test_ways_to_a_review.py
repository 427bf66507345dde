"""Wherever a learner is led to their review, they are told whether it is written."""

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from courses.models import OutboxMail
from learners.enrollment.enrollments import enroll
from learners.enrollment.progress import mark_complete
from learners.reviews.writing import write_review
from tests.builders import a_released_course
from tests.people import logged_in
from tests.study import lessons_of

pytestmark = pytest.mark.django_db

PAGES = {
    "the course page": lambda course: reverse("storefront:course", args=[course.slug]),
    "the last lesson": lambda course: reverse(
        "learners:lesson", args=[lessons_of(course)[-1].uuid]
    ),
    "my learning": lambda course: reverse("learners:my_learning"),
    "history": lambda course: reverse("learners:history", args=[course.uuid]),
}
WRITE = {
    "the course page": {"Review this course", "Write a review"},
    "the last lesson": {"Review this course"},
    "my learning": {"Review"},
    "history": {"Review"},
}


@pytest.fixture
def course(ada, cleo):
    course = a_released_course(by=ada)
    enrollment = enroll(user=cleo, course=course)
    for lesson in lessons_of(course):
        mark_complete(enrollment=enrollment, lesson=lesson)
    return course


def ways(client, page, course):
    """What the links to the review are called."""
    response = client.get(PAGES[page](course))
    assert response.status_code == 200
    address = reverse("learners:review", args=[course.uuid])
    links = BeautifulSoup(response.text, "html.parser").select(f'a[href="{address}"]')
    return {link.get_text(strip=True) for link in links}


@pytest.mark.parametrize("page", PAGES)
def test_who_has_reviewed_is_led_to_what_they_wrote(client, cleo, dana, course, page):
    enroll(user=dana, course=course)
    write_review(user=dana, course=course, rating=3, content="It was all right.")
    logged_in(client, cleo)
    assert ways(client, page, course) == WRITE[page]

    write_review(user=cleo, course=course, rating=5, content="I can sew.")

    assert ways(client, page, course) == {"Change your review"}


@pytest.mark.parametrize("written", [False, True])
def test_the_mail_with_the_certificate_asks_who_has_not_reviewed(ada, cleo, written):
    course = a_released_course(by=ada)
    enrollment = enroll(user=cleo, course=course)
    if written:
        write_review(user=cleo, course=course, rating=5, content="I can sew.")

    for lesson in lessons_of(course):
        mark_complete(enrollment=enrollment, lesson=lesson)

    mail = OutboxMail.objects.get(key__startswith="certificate:")
    address = reverse("learners:review", args=[course.uuid])
    assert [address in mail.text, address in mail.html] == [not written, not written]
