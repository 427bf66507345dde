"""The outline at its sizes: three hundred lessons, a phone, dark, from right to left."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.builders import a_course, a_released_course

from .outline import expect_rows, focus, open_outline, row, rows, until_drawn

pytestmark = pytest.mark.browser

SYLLABUS = {"Tools": ["Needles", "Scissors"], "Stitches": {"By hand": ["Running", "Back"]}}
MANY = {f"Chapter {place}": [f"Lesson {place} {n}" for n in range(30)] for place in range(10)}
SIZES = [(1440, 900), (390, 844), (320, 640)]
WIDER = "() => document.documentElement.scrollWidth - innerWidth"
SMALL = """() => [...document.querySelectorAll("#outline button, #outline a, #outline input")]
  .filter((one) => one.checkVisibility() && !one.closest("p, .name > a, .st-callout"))
  .map((one) => [one, (one.closest("label") ?? one).getBoundingClientRect()])
  .filter(([one, box]) => box.width && (box.height < 40 || box.width < 24))
  .map(([one]) => one.outerHTML.slice(0, 90))"""


def faults(page) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [f"{one['id']}: {one['nodes'][0]['html'][:120]}" for one in found]


def test_axe_finds_nothing_wide_or_narrow_light_or_dark(window, live_site, ada, mira):
    course = a_released_course(by=ada, syllabus=SYLLABUS)
    page = open_outline(window(), live_site, course)
    found = {}

    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        for colours in ("light", "dark"):
            page.emulate_media(color_scheme=colours)
            expect(row(page, "Running")).to_be_visible()
            found[width, colours, "plain"] = faults(page)
            focus(page, "Running").press("Space")
            found[width, colours, "chosen"] = faults(page)
            page.keyboard.press("F2")
            found[width, colours, "typed"] = faults(page)
            page.keyboard.press("Escape")
            page.keyboard.press("m")
            found[width, colours, "places"] = faults(page)
            page.keyboard.press("Escape")
            page.keyboard.press("Escape")
            assert page.evaluate(WIDER) <= 0, width

    assert {key: wrong for key, wrong in found.items() if wrong} == {}


@pytest.mark.nightly
def test_three_hundred_lessons_are_drawn_and_moved(window, live_site, ada):
    course = a_course(by=ada, syllabus=MANY)
    page = open_outline(window(), live_site, course)

    expect(rows(page)).to_have_count(310)
    expect(page.locator("#outline-sums")).to_contain_text("10 chapters, 300 lessons")
    focus(page, "Lesson 4 7").press("Alt+ArrowUp")
    expect(row(page, "Lesson 4 7").locator(".no")).to_contain_text("5.7")
    page.get_by_role("button", name="Fold all").click()
    expect(rows(page)).to_have_count(10)


def test_a_phone_has_everything_within_reach(window, live_site, ada):
    course = a_course(by=ada, syllabus=SYLLABUS)
    page = open_outline(window(), live_site, course)
    page.set_viewport_size({"width": 390, "height": 844})

    assert page.evaluate(SMALL) == []
    row(page, "Running").locator(".grip").click()
    page.get_by_role("menuitem", name="Move to …").click()
    page.get_by_role("option", name="After 1.1 Needles").click()
    expect_rows(
        page,
        "1 Tools",
        "1.1 Needles",
        "1.2 Running",
        "1.3 Scissors",
        "2 Stitches",
        "2.1 By hand",
        "2.1.1 Back",
    )


def test_a_phone_shows_what_is_ready_and_what_is_open_to_everyone(window, live_site, ada):
    course = a_course(by=ada, syllabus=SYLLABUS)
    page = open_outline(window(), live_site, course)
    page.set_viewport_size({"width": 390, "height": 844})

    last = row(page, "Back")  # open to everyone, as the builder leaves it
    expect(last.locator(".pv")).to_be_visible()
    expect(last.locator(".ck .good")).to_be_visible()
    assert last.bounding_box()["height"] <= row(page, "Needles").bounding_box()["height"] + 1
    assert page.evaluate(WIDER) <= 0


def test_folds_are_remembered(window, live_site, ada):
    course = a_course(by=ada, syllabus=SYLLABUS)
    page = open_outline(window(), live_site, course)

    row(page, "Stitches").get_by_role("button", name="Fold Stitches").click()
    page.reload()
    until_drawn(page)

    expect_rows(page, "1 Tools", "1.1 Needles", "1.2 Scissors", "2 Stitches")
    expect(row(page, "Stitches")).to_contain_text("2 lessons in 1 part")


def test_whoever_has_walked_around_begins(window, live_site, ada):
    course = a_course(by=ada, syllabus={})
    page = open_outline(window(), live_site, course, knows_it=False)
    page.set_viewport_size({"width": 390, "height": 844})
    tour = page.locator("#outline-tour")

    framed = []
    for _ in range(5):
        expect(tour.get_by_role("heading")).to_be_in_viewport(ratio=1)
        framed.append(page.locator(".st-toured").count())
        if len(framed) < 5:
            tour.get_by_role("button", name="Next").click()
    assert framed == [1, 0, 0, 1, 1]  # no row has a grip or a mark yet
    tour.get_by_role("button", name="Begin").click()

    expect(page.get_by_role("textbox", name="Title of the chapter")).to_be_focused()


def test_whoever_begins_is_led_around_once(window, live_site, ada):
    course = a_course(by=ada, syllabus=SYLLABUS)
    page = open_outline(window(), live_site, course, knows_it=False)
    tour = page.locator("#outline-tour")

    expect(tour).to_contain_text("A course is typed like a list")
    for heading in ("Everything moves", "What is missing", "Nothing is lost", "Learners see it"):
        tour.get_by_role("button", name="Next").click()
        expect(tour).to_contain_text(heading)
        assert faults(page) == []
    with page.expect_response("**/dismissibles/"):
        tour.get_by_role("button", name="Begin").click()
    expect(tour).to_be_hidden()

    page.reload()
    expect(rows(page).first).to_be_visible()
    expect(tour).to_be_hidden()
    page.get_by_role("button", name="Look around").click()
    expect(tour).to_be_visible()
    page.keyboard.press("Escape")
    expect(tour).to_be_hidden()
    expect(page.get_by_role("button", name="Look around")).to_be_focused()
