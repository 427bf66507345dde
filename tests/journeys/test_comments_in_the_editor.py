"""Every editor opens without a complaint of its scripts, and comments stand beside their blocks."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse
from playwright.sync_api import expect
from wagtail.models import Comment

from courses.models import ChapterPage, CoursePage, LessonPage, OutboxMail
from courses.moderation.comments import comment_on, places_of
from learners.models import User
from tests.builders import a_course, a_submission
from tests.editor import a_whole_lesson, lesson_post
from tests.people import logged_in

from .steps import arrive

pytestmark = pytest.mark.browser

# A comment begins at its field, or where there is room next to it.
BESIDE = """
([id, way]) => {
  const comment = document.querySelector(`[data-comment-id="${id}"]`).getBoundingClientRect();
  const field = document.querySelector(way).getBoundingClientRect();
  return comment.top > field.top - 120 && comment.top < field.bottom + 120;
}
"""


@pytest.fixture
def submitted(client, ada, mira):
    """A lesson of every kind of block, as Mira reads it."""
    course = a_course(by=ada, syllabus={"Tools": ["Two needles"]})
    lesson = LessonPage.objects.get()
    address = reverse("wagtailadmin_pages:edit", args=[lesson.pk])
    blocks = a_whole_lesson(course, ada)
    post = lesson_post(lesson, blocks, comment_notifications="on")
    logged_in(client, ada).post(address, post)
    return a_submission(by=ada, course=course).items.get(page=lesson)


@pytest.fixture
def complaints():
    return []


@pytest.fixture
def editor(window, live_site, ada, complaints):
    """Ada at work; whatever the scripts of her pages complain of is written down."""
    page = arrive(window(), live_site, "ada", onward="/admin/").context.new_page()
    page.on("pageerror", lambda error: complaints.append(f"{page.url} {error}"))
    page.on(
        "console",
        lambda said: complaints.append(f"{page.url} {said.text}") if said.type == "error" else None,
    )

    def opened(path: str):
        page.goto(f"{live_site}/admin/{path}")
        page.wait_for_load_state("networkidle")
        return page

    yield opened
    page.goto("about:blank")  # it would ask who else is there when the site has gone


def comments_shown(page):
    """The panel of comments, opened."""
    toggle = page.get_by_role("button", name="Toggle comments")
    if toggle.get_attribute("aria-expanded") != "true":
        toggle.click()
    return page.locator("#comments .comment")


def test_every_editor_opens_without_a_complaint(editor, submitted, ada, complaints):
    course, chapter = CoursePage.objects.get(), ChapterPage.objects.get()
    for page, path in [
        (course, "title"),
        (course, "description"),
        (course, "price"),
        (chapter, "title"),
        (chapter, "description"),
    ]:
        Comment.objects.create(page=page, user=ada, text=path, contentpath=path, position="[]")

    for path in [
        "my-courses/new/",
        f"pages/{course.pk}/edit/",
        f"pages/{chapter.pk}/edit/",
        f"pages/{submitted.page_id}/edit/",
        f"pages/add/courses/chapterpage/{course.pk}/",
        f"pages/add/courses/lessonpage/{chapter.pk}/",
    ]:
        page = editor(path)
        expect(page.get_by_role("textbox", name="Title").first).to_be_visible()

    assert complaints == []


def test_the_time_of_a_comment_is_told_by_the_readers_clock(editor, submitted, ada, mira):
    User.objects.filter(pk=ada.pk).update(time_zone="Asia/Kolkata")
    comment = comment_on(item=submitted, path="title", text="Who said so?", user=mira)
    Comment.objects.filter(pk=comment.pk).update(
        created_at=datetime(2026, 11, 13, 20, 45, tzinfo=UTC)
    )

    page = editor(f"pages/{submitted.page_id}/edit/")

    expect(comments_shown(page).locator("time")).to_have_text("14 November 2026, 02:15 (UTC+5:30)")


def test_each_comment_on_a_lesson_stands_beside_its_block(editor, submitted, mira, complaints):
    places = places_of(submitted)
    for path, called in places:
        comment_on(item=submitted, path=path, text=f"Mira on {called}.", user=mira)

    page = editor(f"pages/{submitted.page_id}/edit/")
    shown = comments_shown(page)

    expect(shown).to_have_count(len(places))
    for path, called in places:
        comment = shown.filter(has_text=f"Mira on {called}.")
        expect(comment).to_be_visible()
        way = " ".join(f"[data-contentpath='{step}']" for step in path.split("."))
        page.wait_for_function(BESIDE, arg=[comment.get_attribute("data-comment-id"), way])
    assert complaints == []


def test_answer_leads_from_home_to_the_comment_itself(editor, submitted, mira, complaints):
    path, _called = places_of(submitted)[-1]
    comment_on(item=submitted, path="title", text="Who said so?", user=mira)
    comment_on(item=submitted, path=path, text="Which needle?", user=mira)
    page = editor("")

    page.locator(".st-rows > li").filter(has_text="Which needle?").get_by_role("link").click()

    comment = page.locator("#comments .comment").filter(has_text="Which needle?")
    expect(comment).to_be_in_viewport()
    expect(comment.get_by_role("textbox")).to_be_focused()
    assert complaints == []
    # The panel is open for what was asked for, and not for every page from now on.
    page = editor(f"pages/{submitted.page_id}/edit/")
    expect(page.get_by_role("button", name="Toggle comments")).to_have_attribute(
        "aria-expanded", "false"
    )


LONG = "Donaudampfschifffahrtselektrizitaetenhauptbetriebswerkbauunterbeamtengesellschaft"


def test_a_long_word_of_a_comment_stays_on_a_phone(window, live_site, submitted, mira):
    comment_on(item=submitted, path="title", text=f"Say it shorter: {LONG}", user=mira)
    page = arrive(window(), live_site, "mira", onward="/admin/reviews/")
    page.set_viewport_size({"width": 320, "height": 700})

    page.goto(f"{live_site}/admin/reviews/{submitted.release_id}/lessons/{submitted.pk}/")
    assert width_of(page, ".review-comments") <= 280
    page.set_content(OutboxMail.objects.get(key__startswith="course_comments:").html)
    assert width_of(page, "html") <= 320


def test_a_comment_is_seen_whole_in_the_panel_on_a_phone(editor, submitted, mira):
    comment_on(item=submitted, path="title", text=f"Say it shorter: {LONG}", user=mira)
    page = editor(f"pages/{submitted.page_id}/edit/")
    page.set_viewport_size({"width": 320, "height": 700})

    box = comments_shown(page).bounding_box()

    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 320


def width_of(page, what: str) -> int:
    return page.locator(what).evaluate("element => element.scrollWidth")
