"""What a page is on paper: everything there is to read, and nothing to press."""

import pytest
from playwright.sync_api import expect

from courses.models import LessonPage
from tests.builders import a_released_course

pytestmark = pytest.mark.browser


@pytest.fixture
def course(catalogue, ada):
    return a_released_course(by=ada, title="Sewing by hand")


def test_a_course_shows_every_lesson_and_its_price_and_no_button(page, live_site, course):
    page.goto(f"{live_site}/courses/sewing-by-hand/")
    page.evaluate("document.querySelectorAll('.toc details').forEach((each) => each.open = false)")
    hidden = page.get_by_text("Measure yourself")
    expect(hidden).to_be_hidden()

    page.emulate_media(media="print")

    expect(hidden).to_be_visible()
    expect(page.get_by_text("Sew the side seams").first).to_be_visible()
    expect(page.locator(".buy").get_by_text("€24")).to_be_visible()
    for button in page.get_by_role("link", name="Buy this course").all():
        expect(button).to_be_hidden()
    expect(page.get_by_role("contentinfo")).to_be_hidden()


def test_a_lesson_is_its_text_without_the_player(page, live_site, course):
    lesson = LessonPage.objects.descendant_of(course).filter(live=True).last()
    page.goto(f"{live_site}/learn/{lesson.uuid}/")

    page.emulate_media(media="print")

    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.locator(".lesson-body")).to_be_visible()
    for gone in (".player-bar", ".outline", ".player-foot", ".finish"):
        expect(page.locator(gone)).to_be_hidden()
    assert page.evaluate("getComputedStyle(document.documentElement).backgroundColor") == (
        "rgb(255, 255, 255)"
    )
