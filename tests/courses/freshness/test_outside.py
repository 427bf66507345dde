"""A cache in front of the site is told exactly which addresses are old."""

import time

import pytest
from django.conf import settings as django_settings
from redis import Redis
from wagtail.contrib.frontend_cache import tasks

from courses.freshness import clock, outside
from courses.freshness.changed import changed
from courses.freshness.clock import the_clock

pytestmark = pytest.mark.django_db


class Recorded:
    """A cache in front, as Wagtail speaks to one."""

    purged: list[str]

    def __init__(self, params):
        pass

    def purge_batch(self, urls):
        Recorded.purged += urls

    def invalidates_hostname(self, hostname):
        return True


@pytest.fixture(autouse=True)
def in_front(settings):
    Recorded.purged = []
    settings.WAGTAILFRONTENDCACHE = {"here": {"BACKEND": f"{__name__}.Recorded"}}


def test_a_change_purges_every_address_that_showed_it_and_no_other(commit):
    outside.note(["course-1", "catalogue"], "https://site/courses/?q=map")
    outside.note(["course-1"], "https://site/courses/maps/")
    outside.note(["course-2"], "https://site/courses/knots/")

    with commit():
        changed("course-1")

    assert sorted(Recorded.purged) == ["https://site/courses/?q=map", "https://site/courses/maps/"]


def test_an_address_is_noted_longer_than_anybody_may_hold_its_page():
    outside.note(["course-1"], "https://site/courses/maps/")

    redis = Redis.from_url(django_settings.FRESHNESS_CLOCK)
    # A minute here, and another one outside.
    assert 120 < redis.ttl("perfomix:noted:course-1") <= outside.NOTED


def test_an_address_is_forgotten_at_its_time_though_others_are_noted_all_day(monkeypatch):
    """Else each search that was ever made would stay in Redis, to be purged with each change."""
    now = time.time()
    for minute in range(60):
        monkeypatch.setattr(clock.time, "time", lambda moment=now + 60 * minute: moment)
        outside.note(["catalogue"], f"https://site/courses/?q={minute}")

    assert the_clock().noted(["catalogue", "course-1"]) == {
        f"https://site/courses/?q={minute}" for minute in (57, 58, 59)
    }
    assert Redis.from_url(django_settings.FRESHNESS_CLOCK).zcard("perfomix:noted:catalogue") == 3


def test_where_nobody_stands_in_front_nothing_is_noted(settings, commit):
    settings.WAGTAILFRONTENDCACHE = {}

    outside.note(["course-1"], "https://site/courses/maps/")

    assert not Redis.from_url(django_settings.FRESHNESS_CLOCK).exists("perfomix:noted:course-1")
    with commit():
        changed("course-1")
    assert Recorded.purged == []
    assert tasks.purge_urls_from_cache_task  # the name that Wagtail gives what we rely on
