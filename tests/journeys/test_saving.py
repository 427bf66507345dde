"""The editor saves by itself; pressing Save at the same moment makes nothing twice."""

import pytest
from playwright.sync_api import expect

from courses.models import ChapterPage, LessonPage
from tests.builders import a_course

from .steps import sign_in
from .studio import text

pytestmark = pytest.mark.browser

# Two seconds after it opens, the editor takes what stands in the form as not yet changed.
# What was typed before that would never be saved by itself.
NOTE_THE_START = """
document.addEventListener("w-unsaved:watch-edits", () => { window.watchesEdits = true; });
"""


def test_save_pressed_while_the_editor_saves_by_itself_makes_one_lesson(window, live_site, ada):
    page = save_twice(window, live_site, ada)

    expect(page.get_by_text("“Two needles and a thread” is saved.")).to_be_visible()
    lesson = LessonPage.objects.get()
    assert "what you have at hand" in str(lesson.get_latest_revision_as_object().body)


def test_control_without_the_guard_the_press_makes_a_second_lesson(window, live_site, ada):
    page = save_twice(window, live_site, ada, guarded=False)

    expect(page.get_by_text("“Two needles and a thread” is created.")).to_be_visible()
    assert LessonPage.objects.count() == 2


def save_twice(window, live_site, ada, *, guarded=True):
    """Press Save when the editor's own save has reached the server but not yet come back."""
    a_course(by=ada, syllabus={"Tools": []})
    chapter = ChapterPage.objects.get()
    page = sign_in(window(), live_site, "ada", onward="/admin/")
    page.add_init_script(NOTE_THE_START)
    if not guarded:
        page.route("**/courses/saving*.js", lambda route: route.abort())
    page.goto(f"{live_site}/admin/pages/add/courses/lessonpage/{chapter.pk}/")
    page.wait_for_function("window.watchesEdits")
    held = []

    def hold_the_first(route):
        if is_by_itself(route.request) and not held:
            held.append((route, route.fetch()))
        else:
            route.continue_()

    page.route("**/lessonpage/**", hold_the_first)

    with page.expect_request(is_by_itself):
        page.get_by_role("textbox", name="Title").fill("Two needles and a thread")
    text("Begin with what you have at hand.")(page)
    page.get_by_role("button", name="Save draft").click()
    for route, answer in held:
        if guarded:
            route.fulfill(response=answer)
    return page


def is_by_itself(request) -> bool:
    """Whether the editor saves, and not its Save button."""
    return request.method == "POST" and request.headers.get("accept") == "application/json"
