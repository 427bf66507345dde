"""The editor saves by itself; pressing Save at the same moment makes nothing twice."""

import pytest
from playwright.sync_api import expect

from courses.models import ChapterPage, LessonPage
from tests.builders import a_course

from .steps import arrive
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


def test_going_on_right_after_a_word_takes_it_along(window, live_site, ada):
    page = edit_a_lesson(window, live_site, ada)

    add_to_the_title(page, " of linen")
    write_at_the_end(page, " Wax it twice.")
    page.get_by_role("link", name="Next: Measure yourself").click()

    expect(page.get_by_role("textbox", name="Title")).to_have_value("Measure yourself")
    lesson = draft()
    assert lesson.title == "Threads of linen"
    assert "Wax it twice." in str(lesson.body)


def test_going_on_after_the_editor_saved_by_itself_takes_the_rest_along(window, live_site, ada):
    page = edit_a_lesson(window, live_site, ada)
    with page.expect_response(lambda answer: is_by_itself(answer.request)):
        add_to_the_title(page, " of")

    add_to_the_title(page, " linen")
    with page.expect_response(lambda answer: answer.request.method == "POST") as saved:
        page.get_by_role("link", name="Next: Measure yourself").click()

    assert saved.value.ok
    expect(page.get_by_role("textbox", name="Title")).to_have_value("Measure yourself")
    assert draft().title == "Threads of linen"


def test_control_without_the_guard_the_last_word_is_lost(window, live_site, ada):
    page = edit_a_lesson(window, live_site, ada, without="leaving")

    write_at_the_end(page, " Wax it twice.")
    page.get_by_role("link", name="Next: Measure yourself").click()

    expect(page.get_by_role("textbox", name="Title")).to_have_value("Measure yourself")
    assert "Wax it twice." not in str(draft().body)


def test_what_cannot_be_saved_is_asked_about_and_stays(window, live_site, ada):
    page = edit_a_lesson(window, live_site, ada)
    asked = []

    def stay(dialog):
        asked.append(dialog.type)
        dialog.dismiss()

    page.on("dialog", stay)
    page.route("**/pages/*/edit/", lambda route: route.abort(), times=9)

    add_to_the_title(page, " of linen")
    with page.expect_event("dialog"):
        page.get_by_role("link", name="Next: Measure yourself").click(no_wait_after=True)

    assert asked == ["beforeunload"]
    expect(page.get_by_role("textbox", name="Title")).to_have_value("Threads of linen")


def test_what_is_typed_before_the_editor_watches_is_saved_too(window, live_site, ada):
    page = edit_a_lesson(window, live_site, ada, watched=False)

    with page.expect_response(lambda answer: is_by_itself(answer.request)):
        add_to_the_title(page, " of linen")

    expect(page.get_by_role("textbox", name="Title")).to_have_value("Threads of linen")
    assert draft().title == "Threads of linen"


def test_what_is_typed_while_the_editor_saves_is_saved_after_it(window, live_site, ada):
    page = edit_a_lesson(window, live_site, ada)
    held = hold_the_first_save(page, "**/pages/*/edit/")
    with page.expect_request(is_by_itself):
        add_to_the_title(page, " of")
    add_to_the_title(page, " linen")
    while not held:
        page.wait_for_timeout(50)

    with page.expect_response(lambda answer: is_by_itself(answer.request)):
        first, answer = held[0]
        first.fulfill(response=answer)
    with page.expect_response(lambda answer: is_by_itself(answer.request)):
        pass

    assert draft().title == "Threads of linen"


def edit_a_lesson(window, live_site, ada, *, without: str = "", watched: bool = True):
    a_course(by=ada, syllabus={"Tools": ["Threads", "Measure yourself"]})
    page = arrive(window(), live_site, "ada", onward="/admin/")
    page.add_init_script(NOTE_THE_START)
    if without:
        page.route(f"**/courses/{without}*.js", lambda route: route.abort())
    page.goto(f"{live_site}/admin/pages/{LessonPage.objects.get(title='Threads').pk}/edit/")
    if watched:
        page.wait_for_function("window.watchesEdits")
    return page


def write_at_the_end(page, words: str) -> None:
    page.locator("[data-contentpath=body] .public-DraftEditor-content").first.click()
    page.keyboard.press("Control+End")
    page.keyboard.type(words)


def add_to_the_title(page, words: str) -> None:
    page.get_by_role("textbox", name="Title").press("End")
    page.keyboard.type(words)


def draft() -> LessonPage:
    return LessonPage.objects.get(slug="threads").get_latest_revision_as_object()


def save_twice(window, live_site, ada, *, guarded=True):
    """Press Save when the editor's own save has reached the server but not yet come back."""
    a_course(by=ada, syllabus={"Tools": []})
    chapter = ChapterPage.objects.get()
    page = arrive(window(), live_site, "ada", onward="/admin/")
    page.add_init_script(NOTE_THE_START)
    if not guarded:
        page.route("**/courses/saving*.js", lambda route: route.abort())
    page.goto(f"{live_site}/admin/pages/add/courses/lessonpage/{chapter.pk}/")
    page.wait_for_function("window.watchesEdits")
    held = hold_the_first_save(page, "**/lessonpage/**")

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


def hold_the_first_save(page, addresses: str) -> list:
    """(route, answer) of the editor's own first save, once the server has it; the rest goes on."""
    held: list = []

    def hold(route):
        if is_by_itself(route.request) and not held:
            held.append((route, route.fetch()))
        else:
            route.continue_()

    page.route(addresses, hold)
    return held
