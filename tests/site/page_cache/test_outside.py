"""What goes out is noted with its address, so that a cache in front can be told of changes."""

import pytest

from courses.freshness.changed import tick
from courses.freshness.clock import ClockLost, SharedClock, the_clock
from courses.freshness.watch import Watch
from courses.releases.archiving import archive_course
from perfomix.page_cache import front
from tests.site.page_cache.visiting import Site

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_front(settings):
    settings.WAGTAILFRONTENDCACHE = {"here": {"BACKEND": "never.called"}}


def test_a_page_is_noted_under_all_that_it_shows(site, course):
    site.get("/courses/?q=जल&utm_source=letter")
    site.get("/courses/sewing-by-hand/")

    noted = the_clock().noted
    assert noted(["catalogue"]) == {"http://testserver/courses/?q=%E0%A4%9C%E0%A4%B2"}
    assert noted([f"course-{course.pk}"]) == {"http://testserver/courses/sewing-by-hand/"}
    assert len(noted(["settings"])) == 2


def test_what_is_not_for_everybody_is_not_noted(site, course, cleo):
    site.get_as(cleo, "/courses/")
    site.get("/courses/nowhere/")

    assert the_clock().noted(["catalogue", "settings"]) == set()


def test_a_page_is_answered_though_it_cannot_be_noted(site, course, monkeypatch):
    def lost(*_, **__):
        raise ClockLost("away")

    monkeypatch.setattr(SharedClock, "note", lost)

    answer = site.get("/courses/")

    assert answer.status == 200
    assert is_for_one(answer)
    assert len(site.store) == 0


def is_for_one(answer) -> bool:
    """Whether no cache on the way may keep it: nothing would purge it there."""
    assert "surrogate-key" not in answer.headers
    return answer.headers["cache-control"] == "private, no-cache"


def test_what_is_kept_may_be_kept_on_the_way_too(site, course):
    answer = site.get("/courses/")

    assert answer.headers["cache-control"] == "public, max-age=0, s-maxage=60"
    assert len(site.store) == 1


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/courses/?at=cut-short", 302),
        ("/courses/sewing-by-hand/?reviews=cut-short", 302),
        ("/courses/?q=" + 2_000 * "x", 200),
    ],
)
def test_what_is_not_kept_may_be_kept_by_nobody(site, course, address, status):
    answer = site.get(address)

    assert answer.status == status
    assert is_for_one(answer)


def test_that_a_course_is_not_sold_may_be_kept_by_nobody(site, course, ada, commit):
    with commit():
        archive_course(course=course, user=ada)

    answer = site.get("/courses/sewing-by-hand/")

    assert answer.status == 404
    assert is_for_one(answer)


def test_without_redis_nobody_may_keep_a_page(course):
    assert is_for_one(Site(watch=Watch(None)).get("/courses/"))


def test_where_nothing_is_kept_here_nobody_may_keep_it(site, course, settings):
    settings.PAGE_CACHE_MB = 0
    site.front = front.in_front_of(site._render)

    assert is_for_one(site.get("/courses/"))
    assert site.get("/courses/").status == 200
    assert len(site.rendered) == 2


def test_a_page_that_changed_while_it_was_rendered_may_be_kept_by_nobody(site, course, monkeypatch):
    render = site._render

    def slow(environ, start_response):
        answer = render(environ, start_response)
        tick(["catalogue"])
        return answer

    monkeypatch.setattr(site.front, "_application", slow)
    answer = site.get("/courses/", accept_encoding="gzip")

    assert is_for_one(answer)
    assert "Sewing by hand" in answer.text
    assert answer.headers["vary"] == "Cookie, Accept-Language, Accept-Encoding"
