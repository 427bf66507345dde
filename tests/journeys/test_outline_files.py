"""Files are brought to the outline: one after the other, each with what became of it."""

import pytest
from playwright.sync_api import expect

from courses.models import LessonPage
from tests.builders import a_course
from tests.courses.outline.drawn import drawn

from .outline import expect_rows, focus, open_outline, row

pytestmark = pytest.mark.browser

# Dropped as a file manager drops them, on the row that is given.
DROP = """(row, files) => {
  const data = new DataTransfer()
  for (const [name, text] of files) data.items.add(new File([text], name))
  for (const kind of ["dragenter", "dragover", "drop"]) {
    row.dispatchEvent(new DragEvent(kind, { dataTransfer: data, bubbles: true, cancelable: true }))
  }
}"""
BROUGHT = [
    "1 Tools",
    "1.1 Needles",
    "1.2 Wax",
    "1.3 Thread",
    "1.4 Chalk",
    "2 Stitches",
    "2.1 Running",
]


@pytest.fixture
def course(ada, catalogue):
    return a_course(by=ada, syllabus={"Tools": ["Needles", "Chalk"], "Stitches": ["Running"]})


@pytest.fixture
def page(window, live_site, course):
    return open_outline(window(), live_site, course)


def told(page):
    return page.locator(".st-files > li")


def markdown(name, title):
    return {"name": name, "mimeType": "text/markdown", "buffer": f"# {title}\n\nText.".encode()}


def test_files_become_lessons_in_the_order_of_their_names(page, course):
    focus(page, "Needles")
    page.locator("#outline-picker").set_input_files(
        [markdown("10 Thread.md", "Thread"), markdown("2 Wax.md", "Wax")]
    )

    expect(told(page).locator(".told")).to_have_text(["Became “Wax”", "Became “Thread”"])
    expect(page.locator("#outline-drop")).to_contain_text("They come after “Needles”.")
    expect_rows(page, *BROUGHT)
    assert drawn(course) == BROUGHT
    link = told(page).first.get_by_role("link", name="Open Wax")
    expect(link).to_have_attribute("href", row(page, "Wax").locator("a").get_attribute("href"))


def test_a_file_that_is_no_lesson_says_why_and_the_others_go_on(page, course):
    row(page, "Running").evaluate(DROP, [["1 Old.pages", "x"], ["2 Back.md", "# Back\n\nText."]])

    expect(told(page).nth(1).locator(".told")).to_have_text("Became “Back”")
    expect(told(page).nth(0).locator(".told.bad")).not_to_be_empty()
    assert drawn(course)[-2:] == ["2.1 Running", "2.2 Back"]
    why = told(page).nth(0).locator(".told")
    expect(why).to_be_in_viewport(ratio=1)
    assert why.evaluate("(told) => told.scrollWidth <= told.clientWidth")

    page.locator("#outline-drop").get_by_role("button", name="Put away").click()
    expect(page.locator("#outline-drop")).to_be_hidden()


def test_a_file_that_did_not_arrive_is_sent_again_when_it_is_asked_for(page, course):
    page.route("**/outline/files/", lambda route: route.abort())
    row(page, "Running").evaluate(DROP, [["Back.md", "# Back\n\nText."]])
    expect(told(page)).to_contain_text("It did not arrive.")
    assert LessonPage.objects.count() == 3

    page.unroute("**/outline/files/")
    told(page).get_by_role("button", name="Try again").click()

    expect(told(page).locator(".told")).to_have_text("Became “Back”")
    assert drawn(course)[-1] == "2.2 Back"
