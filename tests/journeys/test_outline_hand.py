"""Rows carried by their grip, with a mouse and with a finger."""

import pytest
from playwright.sync_api import expect

from tests.builders import a_course
from tests.courses.outline.drawn import drawn

from .outline import expect_rows, focus, open_outline, row, saved

pytestmark = pytest.mark.browser

SYLLABUS = {"Tools": ["Needles", "Scissors"], "Stitches": ["Running", "Back"]}


@pytest.fixture
def course(ada, catalogue):
    return a_course(by=ada, syllabus=SYLLABUS)


@pytest.fixture
def page(window, live_site, course):
    return open_outline(window(), live_site, course)


def middle(locator):
    box = locator.bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def carry(page, title, *, below, aside=0):
    """Takes the row by its grip and holds it right below another, so far to the side."""
    grip = row(page, title).locator(".grip")
    x, y = middle(grip)
    box = row(page, below).bounding_box()
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 3, y + 12, steps=3)
    page.mouse.move(x + aside, box["y"] + box["height"] - 2, steps=6)


def test_a_lesson_is_carried_into_another_chapter(page, course):
    carry(page, "Needles", below="Running")
    expect(page.locator("#outline-line")).to_have_text("Drop here: it becomes 2.2")
    page.mouse.up()

    end = ["1 Tools", "1.1 Scissors", "2 Stitches", "2.1 Running", "2.2 Needles", "2.3 Back"]
    expect_rows(page, *end)
    expect(row(page, "Needles")).to_be_focused()
    saved(page, course)
    assert drawn(course) == end
    expect(page.locator("#outline-toast")).to_contain_text("2.2")


def test_a_chapter_is_carried_into_another_with_all_its_lessons(page, course):
    carry(page, "Stitches", below="Scissors", aside=40)
    expect(page.locator("#outline-line")).to_have_text("Drop here: it becomes 1.3")
    page.mouse.up()

    end = ["1 Tools", "1.1 Needles", "1.2 Scissors", "1.3 Stitches", "1.3.1 Running", "1.3.2 Back"]
    expect_rows(page, *end)
    saved(page, course)
    assert drawn(course) == end


def test_several_are_carried_together(page, course):
    focus(page, "Needles").press("Shift+ArrowDown")
    carry(page, "Scissors", below="Back")
    expect(page.locator("#outline-line")).to_have_text("Drop here: 2 lessons become 2.3 to 2.4")
    page.mouse.up()

    saved(page, course)
    assert drawn(course)[-2:] == ["2.3 Needles", "2.4 Scissors"]


def test_escape_puts_back_what_is_held(page, course):
    before = drawn(course)
    carry(page, "Needles", below="Back")
    page.keyboard.press("Escape")
    page.mouse.up()

    expect(page.locator("#outline-line")).to_be_hidden()
    expect_rows(page, *before)
    assert drawn(course) == before


def test_a_grip_that_is_pressed_and_not_moved_opens_the_menu(page):
    row(page, "Running").locator(".grip").click()
    menu = page.get_by_role("menu", name="More for Running")
    expect(menu.get_by_role("menuitem", name="Move to …")).to_be_visible()
    page.keyboard.press("Escape")
    expect(row(page, "Running").locator(".grip")).to_be_focused()


def test_what_others_do_is_taken_in_after_the_row_is_put_down(page, course, ada, window, live_site):
    other = open_outline(window(), live_site, course)
    carry(page, "Needles", below="Running")
    focus(other, "Back").press("F2")
    other.keyboard.type("The back stitch\n")
    saved(other, course)

    page.wait_for_timeout(6_000)
    expect(row(page, "Back")).to_be_visible()
    page.keyboard.press("Escape")
    expect(row(page, "The back stitch")).to_be_visible()
    page.mouse.up()


def test_a_finger_carries_too(browser, live_site, course, browser_context_args):
    size = {"width": 390, "height": 844}
    context = browser.new_context(**browser_context_args | {"viewport": size, "has_touch": True})
    page = open_outline(context.new_page(), live_site, course)
    row(page, "Needles").scroll_into_view_if_needed()
    x, y = middle(row(page, "Needles").locator(".grip"))
    box = row(page, "Scissors").bounding_box()
    touch = context.new_cdp_session(page)

    def put(kind, at):
        points = [{"x": x, "y": at}] if kind != "touchEnd" else []
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    put("touchStart", y)
    end = box["y"] + box["height"] - 2
    for at in (y + 10, y + 20, end):
        put("touchMove", at)
    put("touchEnd", end)

    saved(page, course)
    expect(row(page, "Needles").locator(".no")).to_contain_text("1.2")
    assert drawn(course)[:3] == ["1 Tools", "1.1 Scissors", "1.2 Needles"]
    context.close()
