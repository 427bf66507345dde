"""An outline is typed like a list, on one screen, and every row of it is saved."""

import pytest
from playwright.sync_api import expect

from courses.models import ChapterPage, LessonPage
from tests.builders import a_course
from tests.courses.outline.drawn import drawn

from .outline import expect_rows, focus, heard, open_outline, row, rows, saved

pytestmark = pytest.mark.browser

TYPED = [
    "1 Tools",
    "1.1 Needles",
    "1.2 Thread",
    "2 Stitches",
    "2.1 The running stitch",
]


def test_an_outline_is_typed_like_a_list(window, live_site, ada):
    course = a_course(by=ada, syllabus={})
    page = open_outline(window(), live_site, course)

    page.get_by_role("button", name="Name the first chapter").click()
    type_in = page.keyboard.type
    type_in("Tools\n")
    type_in("Needles\n")
    type_in("Thread\n")
    page.keyboard.press("Shift+Tab")
    type_in("Stitches\n")
    type_in("The running stitch\n")
    page.keyboard.press("Escape")

    expect_rows(page, *TYPED)
    saved(page, course)
    assert drawn(course) == TYPED
    expect(page.locator("#outline-sums")).to_contain_text("2 chapters, 3 lessons")


def test_typing_goes_on_while_the_server_takes_its_time(window, live_site, ada):
    course = a_course(by=ada, syllabus={"Tools": ["Needles"]})
    page = open_outline(window(), live_site, course)
    held = []

    def hold(route):
        held.append(route)

    page.route("**/outline/changes/", hold)

    focus(page, "Needles").press("n")
    for title in ("Thread", "Scissors", "Chalk"):
        page.keyboard.type(f"{title}\n")
    page.keyboard.press("Escape")

    expect_rows(page, "1 Tools", "1.1 Needles", "1.2 Thread", "1.3 Scissors", "1.4 Chalk")
    assert LessonPage.objects.count() == 1
    held[0].continue_()
    page.unroute("**/outline/changes/")
    saved(page, course)
    assert drawn(course)[1:] == ["1.1 Needles", "1.2 Thread", "1.3 Scissors", "1.4 Chalk"]


def test_what_is_done_to_a_copy_that_is_still_on_its_way_reaches_the_copy(window, live_site, ada):
    course = a_course(by=ada, syllabus={"Tools": ["Needles", "Thread"]})
    page = open_outline(window(), live_site, course)
    held = []

    def hold(route):
        held.append(route)

    page.route("**/outline/changes/", hold)
    focus(page, "Tools").press("d")
    row(page, "Thread").last.focus()
    page.keyboard.press("F2")
    page.keyboard.type("Yarn\n")
    row(page, "Needles").last.focus()
    page.keyboard.press("Alt+ArrowDown")
    assert LessonPage.objects.count() == 2

    held[0].continue_()
    page.unroute("**/outline/changes/")
    end = ["1 Tools", "1.1 Needles", "1.2 Thread", "2 Tools (copy)", "2.1 Yarn", "2.2 Needles"]
    expect_rows(page, *end)
    saved(page, course)
    assert drawn(course) == end


def test_tab_puts_what_is_typed_into_the_chapter_above(window, live_site, ada):
    course = a_course(by=ada, syllabus={"Tools": ["Needles"]})
    page = open_outline(window(), live_site, course)

    page.get_by_role("button", name="Chapter", exact=True).click()
    page.keyboard.type("Thread")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")

    expect_rows(page, "1 Tools", "1.1 Needles", "1.2 Thread")
    saved(page, course)
    assert ChapterPage.objects.count() == 1


def test_tab_says_why_it_does_nothing_and_goes_on_when_it_is_pressed_again(window, live_site, ada):
    course = a_course(by=ada, syllabus={"Tools": ["Needles"]})
    page = open_outline(window(), live_site, course)

    focus(page, "Needles").press("n")
    field = page.get_by_role("textbox", name="Title of the lesson")
    keys = page.locator(".st-row.draft .typing-keys")
    expect(keys).to_contain_text("out")
    expect(keys.get_by_text("deeper")).to_be_hidden()
    page.keyboard.type("Thread")
    page.keyboard.press("Tab")

    expect(page.locator("#outline-toast")).to_contain_text("It goes no deeper here")
    expect(field).to_be_focused()
    page.keyboard.press("Tab")
    expect_rows(page, "1 Tools", "1.1 Needles", "1.2 Thread")
    saved(page, course)
    assert drawn(course)[-1] == "1.2 Thread"


def test_an_empty_row_is_given_up(window, live_site, ada):
    course = a_course(by=ada, syllabus={"Tools": ["Needles"]})
    page = open_outline(window(), live_site, course)

    focus(page, "Needles").press("n")
    expect(rows(page)).to_have_count(3)
    page.keyboard.press("Escape")

    expect_rows(page, "1 Tools", "1.1 Needles")
    expect(row(page, "Needles")).to_be_focused()
    assert LessonPage.objects.count() == 1


def test_a_title_is_changed_in_place(window, live_site, ada):
    course = a_course(by=ada, syllabus={"Tools": ["Needles", "Thread"]})
    page = open_outline(window(), live_site, course)

    focus(page, "Needles").press("F2")
    page.keyboard.type("Two needles")
    page.keyboard.press("Enter")
    expect(row(page, "Two needles")).to_be_focused()
    expect(heard(page)).to_have_text("It is called “Two needles” now.")
    focus(page, "Thread").press("F2")
    page.keyboard.type("Yarn")
    page.keyboard.press("Escape")

    expect_rows(page, "1 Tools", "1.1 Two needles", "1.2 Thread")
    saved(page, course)
    assert drawn(course) == ["1 Tools", "1.1 Two needles", "1.2 Thread"]


def test_what_the_server_refuses_is_taken_back_with_its_reason(window, live_site, ada):
    course = a_course(by=ada, syllabus={"Tools": ["Needles"]})
    page = open_outline(window(), live_site, course)

    focus(page, "Needles").press("F2")
    page.locator(".st-row.edit .title").evaluate("(field) => field.removeAttribute('maxlength')")
    page.locator(".st-row.edit .title").fill("a" * 300)
    page.keyboard.press("Enter")

    expect(page.locator(".st-callout.bad")).to_contain_text("255 characters at most")
    expect_rows(page, "1 Tools", "1.1 Needles")
    assert drawn(course) == ["1 Tools", "1.1 Needles"]


def test_a_pasted_list_becomes_lessons(window, live_site, ada):
    course = a_course(by=ada, syllabus={"Tools": ["Needles"]})
    page = open_outline(window(), live_site, course)

    page.get_by_role("button", name="Paste an outline").click()
    field = page.get_by_label("Titles, one a line")
    field.fill("# Stitches\n- Running\n- Back\n\nA shirt\n  1. Measure\n  2. Sew")
    expect(page.get_by_text("This becomes")).to_have_text("This becomes 2 chapters, 4 lessons.")
    page.get_by_role("button", name="Make lessons of it").click()

    expect(row(page, "Sew")).to_be_visible()
    saved(page, course)
    assert len(drawn(course)) == 8
    page.keyboard.press("Control+z")
    expect_rows(page, "1 Tools", "1.1 Needles")
