"""How many queries a course page may cost, at ten courses and at a thousand."""

import re
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from courses.releases import approve_release, submit_course
from storefront.seller.current import seller_now
from tests.builders import a_released_course, an_enrollment
from tests.bulk import many_courses
from tests.forgetting import forget_what_is_kept
from tests.people import logged_in
from tests.storefront.shelf import a_review

pytestmark = pytest.mark.django_db
# course, reviews
CHANGED = 2
# and what no change of the course makes old: its outline, more like this
MADE = CHANGED + 2
# user, standing
OWN = 2
# and the session, which is kept too
COST = MADE + OWN + 1


def queries(client, address: str) -> int:
    """When the page is made: for the first reader, and after each change."""
    forget_what_is_kept()
    seller_now()  # kept for a minute for all pages together
    return queries_again(client, address)


def queries_again(client, address: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        response = client.get(address)
    assert response.status_code == 200
    return len(captured)


def test_a_course_page_costs_the_same_at_ten_and_at_a_thousand(client, ada, cleo):
    course = a_released_course(by=ada)
    an_enrollment(user=cleo, course=course)
    for name in ("Jonna Aalto", "Priyan Mehta", "Lieselot Kramer"):
        a_review(course=course, by=name, content="Clear and unhurried.")
    address = f"/courses/{course.slug}/"
    logged_in(client, cleo)
    many_courses(like=course, count=9)
    at_ten = queries(client, address)

    many_courses(like=course, count=990, after=9)
    at_a_thousand = queries(client, address)

    assert (at_ten, at_a_thousand) == (COST, COST)


def test_the_next_reader_costs_what_is_theirs(client, ada, cleo, dana):
    course = a_released_course(by=ada)
    an_enrollment(user=cleo, course=course)
    address = f"/courses/{course.slug}/"

    assert queries(client, address) == MADE
    assert queries_again(client, address) == 0
    logged_in(client, dana)
    assert queries_again(client, address) == OWN
    logged_in(client, cleo)  # may enter, so that every lesson leads somewhere: another page
    assert queries_again(client, address) == CHANGED + OWN
    assert queries_again(client, address) == OWN


def test_older_reviews_are_not_kept(client, ada):
    """There are as many such pages as one likes."""
    course = a_released_course(by=ada)
    for number in range(7):
        a_review(course=course, by=f"Learner {number}", content="Clear and unhurried.")
    page = client.get(f"/courses/{course.slug}/").content.decode()
    older = unescape(re.search(r'href="([^"]+reviews=[^"]+)#reviews"', page)[1])

    assert [queries_again(client, older) for _ in range(2)] == [CHANGED, CHANGED]


def test_the_outline_costs_the_same_at_any_number_of_lessons(client, ada):
    short = a_released_course(by=ada, title="Short", syllabus=["Only one"])
    long = a_released_course(
        by=ada,
        title="Long",
        syllabus={f"Chapter {i}": [f"Lesson {i}.{j}" for j in range(4)] for i in range(5)},
    )

    assert queries(client, f"/courses/{short.slug}/") == queries(client, f"/courses/{long.slug}/")


def test_the_first_reader_after_a_change_costs_what_it_may_have_changed(client, ada, mira, commit):
    course = a_released_course(by=ada)
    address = f"/courses/{course.slug}/"
    queries(client, address)

    with commit():
        a_review(course=course, by="Jonna Aalto", content="Clear and unhurried.")
    after_a_review = queries_again(client, address)
    with commit():
        approve_release(release=submit_course(course=course, user=ada), user=mira)
    after_a_release = queries_again(client, address)

    assert (after_a_review, after_a_release) == (CHANGED, CHANGED + 1)  # its outline
