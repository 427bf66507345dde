"""What the server answers without a view, beside those that are at work."""

import pytest

from courses.freshness.changed import tick
from courses.freshness.clock import ClockLost, SharedClock, the_clock
from courses.freshness.watch import Watch
from tests.site.page_cache.visiting import Site

pytestmark = pytest.mark.django_db

VISITOR = {
    "REQUEST_METHOD": "GET",
    "PATH_INFO": "/courses/",
    "QUERY_STRING": "",
    "HTTP_HOST": "testserver",
    "wsgi.url_scheme": "http",
}


def test_a_kept_page_is_answered_at_once_and_another_is_left_to_a_view(site, course):
    assert site.front.at_once(VISITOR) is None

    page = site.get("/courses/")

    status, headers, body = site.front.at_once(VISITOR)
    assert (status, body) == (200, page.body)
    assert {name.lower(): value for name, value in headers} == page.headers
    assert site.rendered == ["/courses/"]


def test_of_a_kept_page_the_head_alone_or_that_nothing_changed_is_told_at_once(site, course):
    page = site.get("/courses/")

    status, headers, body = site.front.at_once({**VISITOR, "REQUEST_METHOD": "HEAD"})
    assert (status, body) == (200, b"")
    assert ("Content-Length", str(len(page.body))) in headers
    known = {**VISITOR, "HTTP_IF_NONE_MATCH": page.headers["etag"]}
    assert site.front.at_once(known)[::2] == (304, b"")


def test_nothing_is_answered_at_once_that_has_changed(site, course):
    site.get("/courses/")

    tick(["catalogue"])

    assert site.front.at_once(VISITOR) is None


def test_nobody_with_a_session_is_answered_at_once(site, course):
    site.get("/courses/")

    assert site.front.at_once({**VISITOR, "HTTP_COOKIE": "sessionid=abc"}) is None


def test_without_redis_nothing_is_answered_at_once(db, course):
    site = Site(watch=Watch(None))
    site.get("/courses/")

    assert site.front.at_once(VISITOR) is None


def test_while_nobody_knows_of_changes_nothing_that_was_kept_is_answered_at_once(
    course, monkeypatch
):
    watch = Watch(the_clock())
    site = Site(watch=watch)
    site.get("/courses/")

    def lost(clock, known):
        raise ClockLost

    monkeypatch.setattr(SharedClock, "read", lost)
    watch.owe(())  # so the clock is looked at

    assert len(site.store) == 1
    assert site.front.at_once(VISITOR) is None
    monkeypatch.setattr(watch, "is_certain", lambda: True)  # the control
    assert site.front.at_once(VISITOR) is not None


def test_a_page_whose_time_is_over_is_left_to_a_view(site, course, monkeypatch):
    site.get("/courses/")
    (page,) = (site.store.find(key) for key in list(site.store._values))

    page.until = 0

    assert site.front.at_once(VISITOR) is None
