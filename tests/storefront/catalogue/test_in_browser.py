"""The shop in a real browser: no axe violation, nothing too wide, filters without a reload."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from courses.models import CoursePage, LessonPage
from tests.builders import a_category, a_course, a_released_course
from tests.bulk import many_courses
from tests.people import person
from tests.storefront.shelf import a_review

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def shop(live_site):
    """A released course with an open lesson and a review, and thirty copies of it."""
    draft = a_course(by=person("ada"), title="Sewing by hand", category=a_category("Craft"))
    lesson = LessonPage.objects.descendant_of(draft).order_by("path").first()
    lesson.is_preview = True
    lesson.save_revision()
    course = a_released_course(by=person("ada"), course=draft)
    a_review(course=course, by="Jonna Aalto", content="Clear and unhurried.")
    many_courses(like=course, count=30)
    return live_site


def violations(page) -> list[str]:
    return [
        f"{each['id']}: {node['target']}"
        for each in Axe().run(page).response["violations"]
        for node in each["nodes"]
    ]


def test_no_page_of_the_shop_has_an_axe_violation_or_is_wider_than_the_screen(shop, page):
    producer = person("ada").pk
    addresses = [
        "/",
        "/courses/?category=craft&level=all",
        "/courses/?q=harpsichord",
        "/courses/sewing-by-hand/",
        f"/producers/{producer}/",
        "/styleguide/",
        "/nothing-here/",
    ]
    found = {}
    for width, scheme in ((1440, "light"), (320, "dark")):
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        for address in addresses:
            page.goto(shop + address)
            wrong = violations(page)
            if page.evaluate("document.documentElement.scrollWidth") > width:
                wrong.append("too wide")
            if wrong:
                found[f"{address} {width} {scheme}"] = wrong

    assert found == {}


def test_filters_answer_in_place_and_the_back_button_undoes_them(shop, page):
    page.goto(f"{shop}/courses/")
    page.evaluate("window.here = true")

    page.get_by_label("Free", exact=False).check()
    page.wait_for_url("**/courses/?price=free")

    assert page.locator(".results-bar b").inner_text() == "6 courses"
    assert page.evaluate("window.here")
    assert page.evaluate("document.activeElement.value") == "free"
    page.go_back()
    page.locator(".results-bar b", has_text="31 courses").wait_for()
    assert not page.locator("input[name=price][value=free]").is_checked()


def test_an_open_lesson_is_read_inside_the_course_page(shop, page):
    page.goto(f"{shop}/courses/sewing-by-hand/")

    page.get_by_role("link", name="Two needles and a thread").click()

    dialog = page.get_by_role("dialog")
    dialog.get_by_text("begin with what you have at hand").wait_for()
    assert page.url == f"{shop}/courses/sewing-by-hand/"
    assert violations(page) == []
    page.keyboard.press("Escape")
    assert not dialog.is_visible()


def test_what_learners_wrote_is_set_as_reading(shop, page):
    page.add_init_script("localStorage.faces = 'here';")  # on a first visit the face comes later
    page.goto(f"{shop}/courses/sewing-by-hand/")
    review = page.get_by_text("Clear and unhurried.")
    assert review.evaluate("each => getComputedStyle(each).fontFamily").startswith("Literata")


def test_a_reader_chooses_the_colours_and_keeps_them(shop, page):
    page.goto(f"{shop}/courses/")
    page.get_by_role("button", name="Dark colours").click()

    page.goto(f"{shop}/courses/sewing-by-hand/")

    assert page.locator("html").get_attribute("data-theme") == "dark"
    page.get_by_role("button", name="Colours as the device").click()
    page.reload()
    assert page.locator("html").get_attribute("data-theme") is None


def test_the_shop_works_without_a_script(shop, browser):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{shop}/courses/")
    page.get_by_label("Free", exact=False).check()
    page.get_by_role("button", name="Show these courses").click()
    assert page.locator(".results-bar b").inner_text() == "6 courses"

    page.goto(f"{shop}/courses/sewing-by-hand/")
    page.get_by_role("link", name="Two needles and a thread").click()
    assert "/learn/" in page.url

    page.goto(f"{shop}/courses/")
    page.get_by_role("button", name="Dark colours").click()
    assert page.locator("html").get_attribute("data-theme") == "dark"
    context.close()


@pytest.mark.parametrize(("others", "share"), [(0, 1), (1, 2)])
def test_a_review_without_a_neighbour_leaves_no_room_for_one(shop, page, others, share):
    for number in range(others):
        course = CoursePage.objects.get(slug="sewing-by-hand")
        a_review(course=course, by=f"Reader {number}", content="Plain and good.")
    page.set_viewport_size({"width": 1440, "height": 900})

    page.goto(f"{shop}/courses/sewing-by-hand/")

    widths = page.evaluate(
        "['.reviews', '.review'].map((name) => document.querySelector(name).offsetWidth)"
    )
    assert round(widths[0] / widths[1]) == share
