"""Two people at one outline: each sees what the other does, and nobody's move is lost."""

import pytest
from playwright.sync_api import expect

from tests.builders import a_course
from tests.courses.outline.drawn import drawn
from tests.teams import add_instructor

from .outline import expect_rows, focus, open_outline, row, saved, until_drawn

pytestmark = pytest.mark.browser

SYLLABUS = {"Tools": ["Needles", "Scissors"], "Stitches": ["Running", "Back"]}
WITHIN = 7_000  # five seconds between two looks, and the answer


@pytest.fixture
def course(ada, bruno, catalogue):
    course = a_course(by=ada, syllabus=SYLLABUS)
    add_instructor(course=course, email=bruno.email, by=ada)
    return course


@pytest.fixture
def hers(window, live_site, course):
    return open_outline(window(), live_site, course)


@pytest.fixture
def his(window, live_site, course):
    return open_outline(window(), live_site, course, of="bruno")


def not_looking(page):
    """What this page asks for by itself never comes back."""
    page.route("**/outline/rows/**", lambda route: route.abort())


def test_what_one_does_the_other_sees_within_five_seconds(hers, his, course):
    focus(his, "Needles").press("Alt+ArrowDown")
    saved(his, course)

    expect(row(hers, "Needles").locator(".no")).to_contain_text("1.2", timeout=WITHIN)
    expect(row(hers, "Scissors").locator(".no")).to_contain_text("1.1")


def test_nobody_is_disturbed_while_typing(hers, his, course):
    focus(hers, "Running").press("n")
    hers.keyboard.type("Half a ti")
    focus(his, "Needles").press("Alt+ArrowDown")
    saved(his, course)
    hers.wait_for_timeout(6_000)
    hers.keyboard.type("tle\n")
    hers.keyboard.press("Escape")

    saved(hers, course)
    assert drawn(course) == [
        "1 Tools",
        "1.1 Scissors",
        "1.2 Needles",
        "2 Stitches",
        "2.1 Running",
        "2.2 Half a title",
        "2.3 Back",
    ]


def test_the_second_of_two_moves_is_told_and_may_insist(hers, his, course):
    not_looking(hers)
    hers.reload()
    until_drawn(hers)
    focus(his, "Needles").press("Alt+ArrowDown")
    saved(his, course)
    focus(hers, "Needles").press("m")
    hers.keyboard.type("after 2.2")
    hers.keyboard.press("Enter")

    told = hers.get_by_role("alert")
    expect(told).to_contain_text("Bruno Keller moved “Needles” at the same time.")
    expect(row(hers, "Needles").locator(".no")).to_contain_text("1.2")
    assert drawn(course)[:3] == ["1 Tools", "1.1 Scissors", "1.2 Needles"]

    told.get_by_role("button", name="Move it to 2.3").click()
    expect(told).to_be_hidden()
    saved(hers, course)
    assert drawn(course)[-1] == "2.3 Needles"


def test_the_second_of_two_moves_may_be_left(hers, his, course):
    not_looking(hers)
    hers.reload()
    until_drawn(hers)
    focus(his, "Needles").press("Alt+ArrowDown")
    saved(his, course)
    focus(hers, "Needles").press("Alt+ArrowDown")
    hers.get_by_role("button", name="Leave it in 1.2").click()

    expect(hers.get_by_role("alert")).to_have_count(0)
    expect_rows(
        hers, "1 Tools", "1.1 Scissors", "1.2 Needles", "2 Stitches", "2.1 Running", "2.2 Back"
    )


def test_of_two_names_one_is_chosen(hers, his, course):
    not_looking(hers)
    hers.reload()
    until_drawn(hers)
    focus(his, "Needles").press("F2")
    his.keyboard.type("Two needles\n")
    saved(his, course)
    focus(hers, "Needles").press("F2")
    hers.keyboard.type("Sharps\n")

    told = hers.get_by_role("alert")
    expect(told).to_contain_text("Bruno Keller renamed this at the same time.")
    expect(row(hers, "Two needles")).to_be_visible()
    told.get_by_role("button", name="Keep mine").click()
    expect(row(hers, "Sharps")).to_be_visible()
    saved(hers, course)
    assert drawn(course)[1] == "1.1 Sharps"
