"""The outline asks the same of the database for ten lessons and for three hundred."""

import json
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from courses.outline.adding import paste
from tests.builders import a_released_course
from tests.courses.outline.drawn import Desk, called
from tests.people import logged_in

pytestmark = pytest.mark.django_db

MOST_TO_OPEN = 24
MOST_TO_LOOK = 20
MOST_TO_FIND_NOTHING_NEW = 11
MOST_TO_MOVE = 70  # with the outline that is answered


def with_lessons(ada, number: int):
    course = a_released_course(by=ada, title=f"Knots {number}", syllabus={"First": ["Reef"]})
    text = "\n".join(
        f"# Chapter {chapter}\n" + "\n".join(f"Knot {chapter}.{n}" for n in range(10))
        for chapter in range(number // 10)
    )
    paste(course_id=course.pk, text=text, parent=course.pk, by=ada, key=uuid4())
    return course


def asked(client, address: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def test_opening_it_costs_the_same_at_any_size(client, ada):
    small, large = with_lessons(ada, 10), with_lessons(ada, 300)
    client = logged_in(client, ada)
    client.get(reverse("studio:outline", args=[small.pk]))

    for name, most in (("outline", MOST_TO_OPEN), ("outline_rows", MOST_TO_LOOK)):
        costs = []
        for course in (small, large):
            address = reverse(f"studio:{name}", args=[course.pk])
            cache.clear()
            client.get(address)
            costs.append(asked(client, address))
        assert costs[0] == costs[1] <= most, name


def test_a_look_without_news_stays_a_short_one_whatever_was_undone(client, ada):
    course = with_lessons(ada, 10)
    desk = Desk(course, ada)
    desk.duplicate("Reef")
    desk.undo()
    client = logged_in(client, ada)
    address = reverse("studio:outline_rows", args=[course.pk])
    version = client.get(address).json()["version"]

    with CaptureQueriesContext(connection) as captured:
        assert client.get(address, {"version": version}).status_code == 304

    assert len(captured) <= MOST_TO_FIND_NOTHING_NEW


def test_looking_at_drafts_for_the_first_time_costs_the_same_too(client, ada):
    small, large = with_lessons(ada, 10), with_lessons(ada, 300)
    client = logged_in(client, ada)
    client.get(reverse("studio:outline", args=[small.pk]))

    costs = []
    for course in (small, large):
        cache.clear()
        costs.append(asked(client, reverse("studio:outline_rows", args=[course.pk])))
    assert costs[0] == costs[1]


def test_a_move_costs_the_same_among_ten_and_among_three_hundred(client, ada):
    small, large = with_lessons(ada, 10), with_lessons(ada, 300)
    client = logged_in(client, ada)

    costs = []
    for course in (small, large):
        client.get(reverse("studio:outline_rows", args=[course.pk]))
        change = {
            "verb": "move",
            "key": str(uuid4()),
            "seen": 1,
            "pages": [called("Knot 0.7", course)],
            "parent": called("First", course),
            "after": None,
        }
        with CaptureQueriesContext(connection) as captured:
            answer = client.post(
                reverse("studio:outline_changes", args=[course.pk]),
                json.dumps(change),
                content_type="application/json",
            )
        assert answer.status_code == 200
        costs.append(len(captured))
    assert abs(costs[0] - costs[1]) <= 1
    assert max(costs) <= MOST_TO_MOVE


def test_a_course_of_three_hundred_lessons_is_a_light_page(client, ada):
    course = with_lessons(ada, 300)

    page = logged_in(client, ada).get(reverse("studio:outline", args=[course.pk]))

    assert len(page.content) < 260_000
