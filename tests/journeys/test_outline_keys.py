"""The outline by keyboard alone: a tree to go about in, and every change said aloud."""

import pytest
from playwright.sync_api import expect

from courses.models import LessonPage
from tests.builders import a_course, a_released_course
from tests.courses.outline.drawn import drawn

from .outline import expect_rows, focus, heard, open_outline, row, rows, saved

pytestmark = pytest.mark.browser

SYLLABUS = {"Tools": ["Needles", "Scissors"], "Stitches": ["Running", "Back"]}
START = ["1 Tools", "1.1 Needles", "1.2 Scissors", "2 Stitches", "2.1 Running", "2.2 Back"]


@pytest.fixture
def course(ada, catalogue):
    return a_course(by=ada, syllabus=SYLLABUS)


@pytest.fixture
def page(window, live_site, course):
    return open_outline(window(), live_site, course)


def test_the_tree_says_where_each_row_stands(page):
    tree = page.get_by_role("treegrid", name="Outline of Sewing by hand")
    chapter, lesson = row(page, "Stitches"), row(page, "Running")

    expect(tree).to_have_attribute("aria-multiselectable", "true")
    for name, value in [("level", "1"), ("posinset", "2"), ("setsize", "2"), ("expanded", "true")]:
        expect(chapter).to_have_attribute(f"aria-{name}", value)
    for name, value in [("level", "2"), ("posinset", "1"), ("setsize", "2")]:
        expect(lesson).to_have_attribute(f"aria-{name}", value)
    assert lesson.get_attribute("aria-expanded") is None


def test_one_row_is_reached_by_tab_and_the_others_by_arrows(page):
    assert page.locator("#outline-rows > .st-row[tabindex='0']").count() == 1

    focus(page, "Tools").press("ArrowDown")
    expect(row(page, "Needles")).to_be_focused()
    page.keyboard.press("End")
    expect(row(page, "Back")).to_be_focused()
    page.keyboard.press("ArrowLeft")
    expect(row(page, "Stitches")).to_be_focused()
    page.keyboard.press("ArrowLeft")
    expect(row(page, "Stitches")).to_have_attribute("aria-expanded", "false")
    expect(rows(page)).to_have_count(4)
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    expect(row(page, "Stitches").get_by_role("checkbox")).to_be_focused()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowUp")
    expect(row(page, "Scissors").locator(".grip")).to_be_focused()
    assert page.locator("#outline-rows > .st-row[tabindex='0']").count() == 1


def test_rows_move_between_chapters_and_depths(page, course):
    focus(page, "Scissors").press("Alt+ArrowDown")
    expect(heard(page)).to_have_text("Scissors is 2.1 now, in Stitches.")
    expect(row(page, "Scissors")).to_be_focused()
    expect_rows(
        page, "1 Tools", "1.1 Needles", "2 Stitches", "2.1 Scissors", "2.2 Running", "2.3 Back"
    )
    page.keyboard.press("Alt+ArrowLeft")
    expect(heard(page)).to_have_text("Scissors is 3 now, in the course.")
    page.keyboard.press("Alt+ArrowRight")
    expect(heard(page)).to_have_text("Scissors is 2.3 now, in Stitches.")
    page.keyboard.press("Alt+ArrowUp")

    end = ["1 Tools", "1.1 Needles", "2 Stitches", "2.1 Running", "2.2 Scissors", "2.3 Back"]
    expect_rows(page, *end)
    saved(page, course)
    assert drawn(course) == end


def test_what_cannot_move_says_why(page, course):
    focus(page, "Needles").press("Alt+ArrowRight")
    expect(heard(page)).to_have_text("Nothing stands above it in this chapter.")
    expect(page.locator("#outline-toast")).to_contain_text("Nothing stands above it")
    focus(page, "Tools").press("Alt+ArrowUp")
    expect(heard(page)).to_have_text("It is the first already.")

    assert drawn(course) == START


def test_everything_is_undone_and_done_again(page, course):
    focus(page, "Back").press("Alt+ArrowUp")
    saved(page, course)
    page.keyboard.press("F2")
    page.keyboard.type("The back stitch\n")
    saved(page, course)
    page.keyboard.press("d")
    expect(row(page, "The back stitch (copy)")).to_be_focused()
    saved(page, course)

    for _ in range(3):
        page.keyboard.press("Control+z")
    expect_rows(page, *START)
    saved(page, course)
    assert drawn(course) == START

    page.keyboard.press("Control+Shift+z")
    page.keyboard.press("Control+y")
    expect(row(page, "The back stitch")).to_be_visible()
    saved(page, course)
    assert drawn(course)[3:] == ["2 Stitches", "2.1 The back stitch", "2.2 Running"]


def test_several_rows_are_chosen_and_moved_to_a_place_that_is_looked_for(page, course):
    focus(page, "Needles").press("Shift+ArrowDown")
    expect(page.get_by_role("toolbar", name="Chosen rows")).to_contain_text("2 lessons chosen")
    page.keyboard.press("m")
    places = page.get_by_role("dialog", name="Move 2 lessons to")
    page.keyboard.type("back")
    expect(places.get_by_role("option")).to_have_text(["After 2.2 Back"])
    page.keyboard.press("Enter")

    end = ["1 Tools", "2 Stitches", "2.1 Running", "2.2 Back", "2.3 Needles", "2.4 Scissors"]
    expect_rows(page, *end)
    expect(row(page, "Needles")).to_be_focused()
    saved(page, course)
    assert drawn(course) == end


def test_rows_are_chosen_from_one_to_another_with_the_mouse(page, course):
    row(page, "Needles").get_by_role("checkbox").click()
    row(page, "Running").get_by_role("checkbox").click(modifiers=["Shift"])
    bar = page.get_by_role("toolbar", name="Chosen rows")
    expect(bar).to_contain_text("1 chapter, 2 lessons chosen")
    assert [box.is_checked() for box in page.get_by_role("checkbox").all()] == [
        *(False, True, True, True, True, False)
    ]

    bar.get_by_role("button", name="Duplicate").click()
    saved(page, course)
    assert len(drawn(course)) == 11


def test_the_bar_of_what_is_chosen_covers_no_row_that_one_comes_to(window, live_site, ada):
    many = {f"Chapter {place}": [f"Lesson {place} {n}" for n in range(9)] for place in range(4)}
    page = open_outline(window(), live_site, a_course(by=ada, syllabus=many))

    focus(page, "Lesson 3 8").press("Space")
    for title in ("Lesson 2 8", "Lesson 1 8", "Lesson 0 8"):
        page.keyboard.press("PageUp")
        expect(row(page, title)).to_be_focused()
        page.wait_for_function(  # it scrolls there
            """() => document.activeElement.getBoundingClientRect().top
              >= document.getElementById("outline-bulk").getBoundingClientRect().bottom""",
            timeout=5000,
        )


def test_previews_are_opened_for_all_that_is_chosen(page, course):
    focus(page, "Needles").press("Control+a")
    page.get_by_role("button", name="Preview on").click()
    saved(page, course)

    drafts = [lesson.get_latest_revision_as_object() for lesson in LessonPage.objects.all()]
    assert [draft.is_preview for draft in drafts] == [True] * 4


def test_what_was_never_released_goes_to_the_bin_and_comes_back(page, course):
    focus(page, "Running").press("Delete")
    expect(row(page, "Back")).to_be_focused()
    saved(page, course)
    page.get_by_text("1 thing in the bin").click()
    page.get_by_role("button", name="Bring back Running").click()

    expect_rows(page, *START)
    saved(page, course)
    assert drawn(course) == START


def test_what_is_deleted_for_ever_is_asked_about_first(page, course):
    focus(page, "Running").press("Delete")
    saved(page, course)
    page.get_by_text("1 thing in the bin").click()
    page.get_by_role("button", name="Delete Running for ever").click()
    question = page.get_by_role("dialog", name="Delete “Running” for ever?")
    question.get_by_role("button", name="Cancel").click()
    assert LessonPage.objects.count() == 4

    page.get_by_role("button", name="Delete Running for ever").click()
    question.get_by_role("button", name="Delete it for ever").click()
    expect(page.get_by_text("1 thing in the bin")).to_be_hidden()
    saved(page, course)
    assert LessonPage.objects.count() == 3


def test_what_learners_have_is_retired_after_a_question(window, live_site, ada, mira):
    course = a_released_course(by=ada, syllabus=SYLLABUS)
    page = open_outline(window(), live_site, course)

    focus(page, "Running").press("Delete")
    page.get_by_role("button", name="Retire", exact=True).last.click()

    expect(row(page, "Running")).to_contain_text("Retired")
    saved(page, course)
    assert drawn(course)[3:] == ["2 Stitches", "2.1 Back"]


def test_the_structure_is_switched_after_its_consequence_is_said(page, course):
    page.get_by_role("button", name="Do without chapters").click()
    question = page.get_by_role("dialog", name="Do without chapters?")
    expect(question).to_contain_text("2 chapters go, and 4 lessons stand one after the other")
    question.get_by_role("button", name="Do without chapters").click()

    expect_rows(page, "1 Needles", "2 Scissors", "3 Running", "4 Back")
    saved(page, course)
    page.locator("#outline-toast").get_by_role("button", name="Undo").click()
    expect_rows(page, *START)


def test_only_what_takes_something_away_is_asked_in_red(window, live_site, ada):
    flat = a_course(by=ada, title="Flat", syllabus=["Needles"])
    page = open_outline(window(), live_site, flat)
    yes = page.locator("#outline-ask [type=submit]")

    deeper = page.locator(".outline-foot").get_by_text("into the chapter above")
    expect(deeper).to_be_hidden()
    page.get_by_role("button", name="Arrange in chapters").click()
    expect(yes).to_have_class("button")
    yes.click()
    saved(page, flat)
    expect(deeper).to_be_visible()
    page.get_by_role("button", name="Do without chapters").click()
    expect(yes).to_have_class("button no")


def test_rows_are_found_by_title_and_by_what_is_missing(page):
    page.get_by_label("Find in the outline").fill("runn")
    expect_rows(page, "2 Stitches", "2.1 Running")
    focus(page, "Running").press("Alt+ArrowUp")
    expect(heard(page)).to_have_text("Show all rows before you move one by hand.")

    page.get_by_label("Find in the outline").fill("nothing such")
    expect(page.get_by_text("Nothing here is called “nothing such”.")).to_be_visible()
    page.get_by_role("button", name="Show all").click()
    expect(rows(page)).to_have_count(6)


def test_the_keys_are_told_in_a_sheet(page):
    focus(page, "Tools").press("?")
    expect(page.get_by_role("dialog", name="Keys of the outline")).to_be_visible()
    page.keyboard.press("Escape")
    expect(row(page, "Tools")).to_be_focused()
