"""What breaks long words leaves short ones whole: “Browse”, “Code” and 1.1.1 stand in one line."""

import pytest
from playwright.sync_api import expect

from courses.models import LessonPage
from learners.enrollment.progress import mark_complete
from learners.models import Certificate
from tests.builders import a_category, a_chapter, a_course, a_lesson, a_released_course
from tests.people import person
from tests.storefront.shop import a_paid_order

from .steps import arrive

pytestmark = pytest.mark.browser

QUESTION = {
    "question": "<p>What breaks a promise?</p>",
    "options": [
        {"text": "The walking time, measured at an ordinary pace", "correct": True, "feedback": ""},
        {"text": "More trees", "correct": False, "feedback": ""},
    ],
    "explanation": "",
}

TORN = r"""() => {
  const torn = [];
  const range = document.createRange();
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const text = texts.currentNode;
    const around = text.parentElement;
    if (!around.checkVisibility() || around.closest("script, pre, .sr, .w-sr-only")) continue;
    for (const word of text.data.matchAll(/[\p{L}\p{N}.]{2,12}(?![\p{L}\p{N}-])/gu)) {
      range.setStart(text, word.index);
      range.setEnd(text, word.index + word[0].length);
      const lines = [...range.getClientRects()].filter((each) => each.width > 1);
      if (lines.some((each) => each.top >= lines[0].bottom - 1)) torn.push(word[0]);
    }
  }
  return torn;
}"""


@pytest.fixture
def course(live_shop, stripesim, ada, cleo):
    """Parts within parts, bought by one person and finished."""
    draft = a_course(
        by=ada,
        title="Dyes of the kitchen: four colours",
        price="24.00",
        category=a_category("Craft"),
        syllabus={},
    )
    chapter = a_chapter(under=draft, title="What a map promises")
    part = a_chapter(under=chapter, title="Measuring without a machine")
    a_lesson(under=part, title="A promise on paper", body=[("single_choice", QUESTION)])
    course = a_released_course(by=ada, course=draft)
    a_paid_order(stripesim, buyer=cleo, course=course)
    return course


def torn(page, site, address) -> list[str]:
    assert page.goto(site + address).ok, address
    return page.evaluate(TORN)


def test_no_short_word_is_torn_on_a_small_phone(course, live_shop, cleo, dana, page):
    page.set_viewport_size({"width": 320, "height": 640})
    lesson = LessonPage.objects.descendant_of(course).get()
    for address in ("/", "/courses/", f"/courses/{course.slug}/", "/courses/?q=harpsichord"):
        assert torn(page, live_shop, address) == [], address

    arrive(page, live_shop, "dana")
    assert torn(page, live_shop, f"/courses/{course.slug}/checkout/") == []
    page.context.clear_cookies()

    arrive(page, live_shop, "cleo")
    page.goto(f"{live_shop}/learn/{lesson.uuid}/")
    page.locator(".quiz input").first.check()
    page.get_by_role("button", name="Check my answers").click()
    expect(page.get_by_text("Passed: 1 of 1 right.")).to_be_visible()
    mark_complete(enrollment=person("cleo").enrollments.get(), lesson=lesson)
    for address in (f"/certificates/{Certificate.objects.get().code}/", "/my-learning/"):
        assert torn(page, live_shop, address) == [], address
    page.context.clear_cookies()

    arrive(page, live_shop, "ada")
    assert torn(page, live_shop, f"/admin/pages/{course.pk}/") == []


def test_titles_have_room_beside_what_stands_with_them(course, live_shop, dana, page):
    page.set_viewport_size({"width": 320, "height": 640})
    arrive(page, live_shop, "dana")
    page.goto(f"{live_shop}/courses/{course.slug}/checkout/")
    assert page.locator(".order-title").bounding_box()["width"] > 130


def test_the_ways_in_of_a_visitor_stand_in_one_line(live_shop, page):
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(live_shop)
    tops = page.locator(".site-header .brand, .site-nav .button").evaluate_all(
        "all => all.map(each => each.getBoundingClientRect()).map(box => box.top + box.bottom)"
    )
    assert len(tops) == 2
    assert abs(tops[0] - tops[1]) < 4
    assert page.evaluate("document.documentElement.scrollWidth") == 320


def test_a_search_without_results_uses_the_whole_page(live_shop, page):
    page.goto(f"{live_shop}/courses/?q=harpsichord")
    title = page.get_by_role("heading", level=1).bounding_box()
    assert page.locator("#results").bounding_box()["x"] == title["x"]
    expect(page.get_by_label("Sort by")).to_be_hidden()
    page.set_viewport_size({"width": 390, "height": 844})
    expect(page.get_by_role("button", name="Filters")).to_be_hidden()
