"""What goes out is noted with its address, so that a cache in front can be told of changes."""

import pytest

from courses.freshness.clock import ClockLost, SharedClock, the_clock

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

    assert site.get("/courses/").status == 200
