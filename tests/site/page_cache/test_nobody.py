"""Nothing of a person is ever in an answer that others get, whoever asks first.

Every address of the site without a key is walked, and one of each kind with one, by a person
whose name and address stand nowhere else, and by a visitor; in both orders.
"""

import re

import pytest
from django.urls import reverse

from courses.models import LessonPage
from learners.models import Role
from tests.builders import an_enrollment
from tests.people import somebody
from tests.routes import routes

pytestmark = pytest.mark.django_db

MARKS = ("Quillon Zarathe", "quillon@example.com")
# What a page holds that was made for one reader.
MADE_FOR_ONE = re.compile(r"csrfmiddlewaretoken|csrf-token|nonce=|data-token=\"[^\"]")


@pytest.fixture
def quillon(db):
    return somebody(email=MARKS[1], name=MARKS[0], role=Role.ADMIN)


@pytest.fixture
def addresses(course, quillon, ada):
    an_enrollment(user=quillon, course=course)
    lesson = LessonPage.objects.descendant_of(course).filter(live=True).last()
    plain = {
        "/" + route.written
        for route in routes()
        if not route.parameters and re.fullmatch(r"[\w/.-]*", route.written)
    }
    # Ends the session, which would make a visitor of the person.
    plain.discard(reverse("account_logout"))
    return sorted(plain) + [
        "/",
        "/courses/sewing-by-hand/",
        "/courses/sewing-by-hand/checkout/",
        f"/producers/{ada.pk}/",
        f"/learn/{lesson.uuid}/",
        f"/learn/course/{course.uuid}/",
        f"/my-learning/{course.uuid}/review/",
    ]


@pytest.mark.parametrize("visitor_first", [True, False])
def test_no_shared_answer_holds_anything_of_a_person(site, addresses, quillon, visitor_first):
    kept, personal = set(), set()
    for address in addresses:
        if visitor_first:
            visitor = site.get(address)
            person = site.get_as(quillon, address)
        else:
            person = site.get_as(quillon, address)
            visitor = site.get(address)
        if person.status == 200 and any(mark in person.text for mark in MARKS):
            personal.add(address)
        assert not person.is_kept, address
        assert "s-maxage" not in person.headers.get("cache-control", ""), address
        assert not any(mark in visitor.text for mark in MARKS), address
        if visitor.is_kept:
            kept.add(address)
            assert "set-cookie" not in visitor.names, address
            assert not MADE_FOR_ONE.search(visitor.text), address

    # The walk has met both kinds, and what is kept is what one would keep.
    assert {"/", "/courses/", "/courses/sewing-by-hand/"} <= kept & personal
    assert not kept & {"/my-learning/", "/help/", "/accounts/login/", "/account/"}
    for page in site.store._values.values():
        assert not any(mark.encode() in page.body for mark in MARKS)


def test_a_message_for_one_visitor_is_shown_to_nobody_else(site, course):
    site.get("/courses/")

    site.get("/courses/", cookies={"messages": "W1sic2FpZCJdXQ"})

    assert site.rendered == ["/courses/", "/courses/"]
    assert len(site.store) == 1


def test_a_message_goes_out_for_one_visitor_alone(site, course, cleo, client):
    client.force_login(cleo)
    client.post(reverse("account_logout"))
    told = client.cookies["messages"].value

    answer = site.get("/courses/", cookies={"messages": told})

    assert "You are signed out." in answer.text
    assert answer.headers["cache-control"] == "private, no-cache"
