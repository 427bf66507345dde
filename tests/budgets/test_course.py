"""How many queries a course page may cost, at ten courses and at a thousand."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from storefront.seller.current import seller_now
from tests.builders import a_released_course, an_enrollment
from tests.bulk import many_courses
from tests.forgetting import forget_what_is_kept
from tests.people import logged_in
from tests.storefront.shelf import a_review

pytestmark = pytest.mark.django_db
# session, user, entry, team, enrollment, reviews, outline, histogram, producer, more like this
COST = 10
BUDGET = 12


def queries(client, address: str) -> int:
    forget_what_is_kept()
    seller_now()  # kept for a minute for all pages together
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
    assert COST <= BUDGET


def test_a_visitor_costs_four_queries_less(client, ada):
    course = a_released_course(by=ada)

    assert queries(client, f"/courses/{course.slug}/") == COST - 4


def test_the_outline_costs_the_same_at_any_number_of_lessons(client, ada):
    short = a_released_course(by=ada, title="Short", syllabus=["Only one"])
    long = a_released_course(
        by=ada,
        title="Long",
        syllabus={f"Chapter {i}": [f"Lesson {i}.{j}" for j in range(4)] for i in range(5)},
    )

    assert queries(client, f"/courses/{short.slug}/") == queries(client, f"/courses/{long.slug}/")
