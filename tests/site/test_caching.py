"""Redis goes away: what was remembered is read again, and nobody gets a page that failed."""

import pytest
from django.core.cache import cache, caches
from django.urls import reverse

from courses.models import LessonPage
from tests.builders import a_released_course, an_enrollment
from tests.people import PASSWORD
from tests.ports import a_free_port

pytestmark = pytest.mark.django_db


@pytest.fixture
def goes(settings):
    """A function: from now on the cache is asked for at a door behind which nobody is."""

    def go() -> None:
        nowhere = f"redis://127.0.0.1:{a_free_port()}/0"
        settings.CACHES = {"default": {**settings.CACHES["default"], "LOCATION": nowhere}}

    return go


@pytest.fixture
def away(goes):
    goes()


def signed_in(client, person):
    return client.post(reverse("account_login"), {"login": person.email, "password": PASSWORD})


def test_people_sign_in_and_out_while_redis_is_away(client, cleo, away):
    assert signed_in(client, cleo).status_code == 302
    assert client.get(reverse("learners:my_learning")).status_code == 200

    assert client.post(reverse("account_logout")).status_code == 302
    assert client.get(reverse("learners:my_learning")).status_code == 302


def test_whoever_was_signed_in_stays_so_while_redis_is_away(client, ada, cleo, goes):
    course = a_released_course(by=ada, title="Sewing", syllabus=["Thread"])
    an_enrollment(user=cleo, course=course)
    lesson = LessonPage.objects.descendant_of(course).get()
    signed_in(client, cleo)
    goes()

    for address in (
        reverse("learners:lesson", args=[lesson.uuid]),
        reverse("storefront:share_card", args=[course.slug]),
        "/",
        "/courses/",
    ):
        assert client.get(address).status_code == 200, address


@pytest.mark.parametrize("address", ["/admin/", "/admin/pages/", "/admin/reports/site-history/"])
def test_the_studio_opens_while_redis_is_away(client, ivo, away, address):
    signed_in(client, ivo)

    assert client.get(address, follow=True).status_code == 200


def test_a_cache_that_is_away_holds_nothing(away):
    assert cache.add("a", 1) is True
    cache.set("a", 1)
    cache.set_many({"b": 2})
    assert cache.get("a", "nothing") == "nothing"
    assert cache.get_many(["a", "b"]) == {}
    assert cache.has_key("a") is False
    assert cache.get_or_set("a", lambda: 3) == 3
    assert cache.touch("a") is False
    assert cache.delete("a") is False
    cache.delete_many(["a", "b"])
    with pytest.raises(ValueError, match="not found"):
        cache.incr("a")
    assert cache.clear() is False


def test_a_cache_that_is_there_holds_what_it_is_told():
    there = caches["default"]
    there.set_many({"a": 1, "b": [2]})

    assert there.get_many(["a", "b", "c"]) == {"a": 1, "b": [2]}
    assert (there.add("a", 9), there.get("a"), there.incr("a"), there.touch("a")) == (
        False,
        1,
        2,
        True,
    )
    assert (there.delete("a"), there.has_key("a")) == (True, False)
