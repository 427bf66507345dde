"""The editor saves by itself; pressing Save at the same moment makes nothing twice."""

import pytest
from playwright.sync_api import expect

from courses.models import ChapterPage, LessonPage
from tests.builders import a_course

from .steps import sign_in
from .studio import text

pytestmark = pytest.mark.browser


def test_save_pressed_while_the_editor_saves_by_itself_makes_one_lesson(window, live_site, ada):
    a_course(by=ada, syllabus={"Tools": []})
    chapter = ChapterPage.objects.get()
    page = sign_in(window(), live_site, "ada", onward="/admin/")
    page.goto(f"{live_site}/admin/pages/add/courses/lessonpage/{chapter.pk}/")
    held = []

    def hold_the_first(route):
        if is_by_itself(route.request) and not held:
            held.append(route)
        else:
            route.continue_()

    page.route("**/lessonpage/**", hold_the_first)

    # It may begin to save after the title or after the text: either is held.
    with page.expect_request(is_by_itself):
        page.get_by_role("textbox", name="Title").fill("Two needles and a thread")
        text("Begin with what you have at hand.")(page)
    page.get_by_role("button", name="Save draft").click()
    held[0].continue_()

    expect(page.get_by_text("Page 'Two needles and a thread' has been updated.")).to_be_visible()
    lesson = LessonPage.objects.get()
    assert "what you have at hand" in str(lesson.get_latest_revision_as_object().body)


def is_by_itself(request) -> bool:
    """Whether the editor saves, and not its Save button."""
    return request.method == "POST" and request.headers.get("accept") == "application/json"
