"""A lesson is begun with one press, lists are typed, and what is to mend says why."""

import pytest
from playwright.sync_api import expect

from courses.beginning.planting import plant
from courses.beginning.templates import template_called
from courses.models import CoursePage, LessonPage
from tests.builders import a_course

from .steps import arrive

pytestmark = pytest.mark.browser

PASTE = """(field, text) => {
  const clipboardData = new DataTransfer();
  clipboardData.setData("text/plain", text);
  const happens = { clipboardData, bubbles: true, cancelable: true };
  field.dispatchEvent(new ClipboardEvent("paste", happens));
}"""


@pytest.fixture
def course(ada) -> CoursePage:
    course = a_course(by=ada, syllabus={"Tools": ["Threads"]})
    LessonPage.objects.update(body=[])
    for lesson in LessonPage.objects.all():
        lesson.save_revision()
    return course


def test_an_empty_lesson_is_begun_with_one_press(window, live_site, course):
    lesson = LessonPage.objects.get()
    page = arrive(window(), live_site, "ada", onward=f"/admin/pages/{lesson.pk}/edit/")

    page.get_by_role("button", name="Begin to write").click()
    expect(page.locator("[data-contentpath=body] .public-DraftEditor-content")).to_be_focused()
    page.keyboard.type("Wax it twice.")

    expect(page.get_by_role("button", name="Begin to write")).to_be_hidden()
    page.get_by_role("link", name="Back to the outline").click()
    expect(page.get_by_role("heading", name="Outline")).to_be_visible()
    body = LessonPage.objects.get().get_latest_revision_as_object().body
    assert [block.block_type for block in body] == ["rich_text"]
    assert "Wax it twice." in str(body)


def test_enter_adds_the_next_line_of_what_one_will_learn(window, live_site, course):
    page = arrive(window(), live_site, "ada", onward=f"/admin/pages/{course.pk}/edit/")
    page.get_by_role("tab", name="For whom").click()
    lines = page.locator("[data-contentpath=requirements]")

    lines.get_by_role("button", name="Add a line").click()
    lines.get_by_role("textbox").fill("A needle")
    page.keyboard.press("Enter")
    expect(lines.get_by_role("textbox").nth(1)).to_be_focused()
    page.keyboard.type("A thread")
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")

    expect(lines.get_by_role("textbox")).to_have_count(3)
    lines.get_by_role("textbox").last.evaluate(PASTE, "Wax\nA thimble\n\nScissors")
    told = lines.get_by_role("textbox").evaluate_all("fields => fields.map(({ value }) => value)")
    assert told == ["A needle", "A thread", "Wax", "A thimble", "Scissors"]
    expect(lines.get_by_role("button", name="Add a line")).to_have_count(1)


def test_what_is_to_mend_is_said_at_its_field_until_it_is_mended(window, live_site, course):
    CoursePage.objects.update(subtitle="")
    course = CoursePage.objects.get()
    course.save_revision()
    page = arrive(
        window(), live_site, "ada", onward=f"/admin/my-courses/{course.pk}/before-you-submit/"
    )

    page.get_by_role("link", name="Write the subtitle").click()

    field = page.get_by_role("textbox", name="Subtitle")
    expect(field).to_be_focused()
    why = page.get_by_role("status").filter(has_text="Write the subtitle")
    expect(why).to_be_visible()
    field.press_sequentially("Ten stitches")
    expect(why).to_have_count(0)


def test_a_templates_advice_is_marked_until_it_is_written_over(window, live_site, ada, catalogue):
    plant(template=template_called("written"), producer=ada, title="Knots")
    lesson = LessonPage.objects.order_by("path")[0]
    page = arrive(window(), live_site, "ada", onward=f"/admin/pages/{lesson.pk}/edit/")
    body = page.locator("[data-contentpath=body]")
    marks = body.get_by_text("This is what the template says to you.")
    written = body.locator(".public-DraftEditor-content").first
    expect(marks.first).to_be_visible()
    before = marks.count()
    assert before > 1

    written.press_sequentially("Mine. ")

    expect(marks).to_have_count(before - 1)
