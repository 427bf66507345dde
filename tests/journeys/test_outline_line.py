"""A lost line: what was typed is kept, said to be unsaved, and sent again by itself."""

import json
from uuid import uuid4

import pytest
from playwright.sync_api import expect

from courses.models import LessonPage
from tests.builders import a_course
from tests.courses.outline.drawn import drawn

from .outline import expect_rows, focus, open_outline, row, saved, unsent, until_drawn

pytestmark = pytest.mark.browser


@pytest.fixture
def course(ada, catalogue):
    return a_course(by=ada, syllabus={"Tools": ["Needles"]})


@pytest.fixture
def page(window, live_site, course):
    return open_outline(window(), live_site, course)


def add_two(page):
    focus(page, "Needles").press("n")
    page.keyboard.type("Thread\n")
    page.keyboard.type("Chalk\n")
    page.keyboard.press("Escape")


def test_what_was_typed_without_a_line_is_sent_when_it_is_back(page, course):
    page.context.set_offline(True)
    add_two(page)

    expect(page.get_by_role("alert")).to_contain_text("Not saved since")
    expect_rows(page, "1 Tools", "1.1 Needles", "1.2 Thread", "1.3 Chalk")
    expect(row(page, "Thread")).to_contain_text("Not saved yet")
    assert LessonPage.objects.count() == 1

    page.context.set_offline(False)
    expect(page.get_by_role("alert")).to_have_count(0)
    saved(page, course)
    assert drawn(course) == ["1 Tools", "1.1 Needles", "1.2 Thread", "1.3 Chalk"]
    expect(page.get_by_text("Not saved yet")).to_have_count(0)


def test_what_was_unsent_is_sent_after_the_page_is_loaded_again(page, course):
    asked = []
    page.on("dialog", lambda question: (asked.append(question.type), question.accept()))
    page.route("**/outline/changes/", lambda route: route.abort())
    add_two(page)
    expect(page.get_by_role("alert")).to_contain_text("Not saved since")
    assert unsent(page, course) == 2

    page.unroute("**/outline/changes/")
    page.reload()
    until_drawn(page)

    saved(page, course)
    assert asked == ["beforeunload"]
    assert drawn(course) == ["1 Tools", "1.1 Needles", "1.2 Thread", "1.3 Chalk"]


def test_a_link_waits_for_what_is_on_its_way(page, course):
    asked = []
    page.on("dialog", lambda question: (asked.append(question.type), question.accept()))
    add_two(page)
    page.get_by_role("link", name="Team", exact=True).click()
    page.wait_for_url("**/team/")

    assert asked == []
    assert drawn(course) == ["1 Tools", "1.1 Needles", "1.2 Thread", "1.3 Chalk"]


def duplicate_and_lose_the_answer(page, course, *, key=None):
    """The server makes the copy and nobody hears of it; sent again, perhaps under another key."""
    lost = []

    def lose_the_first(route):
        if not lost:
            lost.append(route.fetch())
            route.abort()
            return
        asked = route.request.post_data_json
        route.continue_(post_data=json.dumps(asked | ({"key": key} if key else {})))

    page.route("**/outline/changes/", lose_the_first)
    focus(page, "Needles").press("d")
    saved(page, course)
    assert lost[0].status == 200


def test_a_change_whose_answer_is_lost_is_made_once(page, course):
    duplicate_and_lose_the_answer(page, course)

    assert drawn(course) == ["1 Tools", "1.1 Needles", "1.2 Needles (copy)"]


def test_control_under_another_key_it_is_made_twice(page, course):
    duplicate_and_lose_the_answer(page, course, key=str(uuid4()))

    assert len(drawn(course)) == 4


def test_who_is_signed_out_is_told_and_loses_nothing(page, course):
    page.on("dialog", lambda question: question.accept())
    cookies = [each for each in page.context.cookies() if each["name"] == "sessionid"]
    page.context.clear_cookies(name="sessionid")
    add_two(page)
    told = page.get_by_role("alert")
    expect(told).to_contain_text("You are signed out.")
    assert LessonPage.objects.count() == 1

    page.context.add_cookies(cookies)
    page.reload()
    until_drawn(page)
    saved(page, course)
    assert drawn(course) == ["1 Tools", "1.1 Needles", "1.2 Thread", "1.3 Chalk"]
