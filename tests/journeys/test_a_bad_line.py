"""A line on which pictures, fonts and scripts come late or never: the page does its work."""

import pytest
from playwright.sync_api import expect

from learners.models import User
from tests.people import PASSWORD, person

from .pages import FOR_LEARNERS, PAGES, address_of, sewing_by_hand
from .steps import sign_in
from .test_loading import (
    BEEN_HERE,
    IN_ALL,
    PHONE,
    SHIFTS,
    assert_nothing_jumped,
    until_faces_are_used,
)

pytestmark = pytest.mark.browser
ADDED = {"image", "font", "script", "media"}


@pytest.fixture
def course(catalogue, ada):
    return sewing_by_hand(by=ada)


@pytest.fixture
def browser_context_args(browser_context_args):
    return {**browser_context_args, "viewport": PHONE}


@pytest.fixture
def phone(page, live_site, course, cleo, request):
    kind = request.node.callspec.params["kind"]
    if kind in FOR_LEARNERS:
        sign_in(page, live_site, "cleo")
        page.evaluate("localStorage.clear()")
        page.goto("about:blank")
    page.set_default_timeout(30_000)
    page.add_init_script(SHIFTS)
    return page


def added(request) -> bool:
    return request.resource_type in ADDED


def search(page, site):
    page.get_by_role("main").get_by_role("searchbox").first.fill("sewing")
    page.keyboard.press("Enter")
    expect(page.get_by_role("main").get_by_role("link", name="Sewing by hand")).to_be_visible()
    assert "q=sewing" in page.url


def look_inside(page, site):
    page.locator("a[data-preview]").first.click()
    page.wait_for_url("**/learn/**")
    expect(page.locator("[data-lesson-body]")).to_be_visible()


def leave_for_the_course(page, site):
    page.get_by_role("link", name="See the course").last.click()
    page.wait_for_url("**/courses/sewing-by-hand/")


def type_the_password(page, site):
    page.get_by_label("E-mail").fill(User.objects.get(name=person("dana").name).email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url("**/my-learning/")


def type_a_code(page, site):
    page.get_by_label("Code").fill("NOPE")
    page.get_by_role("button", name="Apply").click()
    expect(page.get_by_text("That code is not valid for this course.")).to_be_visible()


WORK = {
    "home": search,
    "catalogue": search,
    "course": look_inside,
    "lesson": leave_for_the_course,
    "sign in": type_the_password,
    "checkout": type_a_code,
}


@pytest.mark.parametrize("kind", PAGES)
def test_it_does_without_pictures_fonts_and_scripts(phone, live_site, course, kind):
    refused = []
    phone.add_init_script(BEEN_HERE)  # else no font would be asked for

    def fail(route):
        refused.append(route.request.resource_type)
        route.abort()

    phone.route("**/*", lambda route: fail(route) if added(route.request) else route.continue_())
    phone.goto(live_site + address_of(kind, course))

    expect(phone.get_by_role("heading", level=1)).to_be_visible()
    assert {"script", "font"} <= set(refused)
    assert sum(value for value, _far, _what in phone.evaluate("window.shifts")) < IN_ALL
    assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth")
    WORK[kind](phone, live_site)


@pytest.mark.parametrize("kind", PAGES)
def test_its_words_are_there_while_all_else_is_under_way(phone, live_site, course, kind):
    waiting, over = [], []

    def hold(route):
        if over or not added(route.request):
            route.continue_()
        else:
            waiting.append(route)

    phone.route("**/*", hold)
    phone.goto(live_site + address_of(kind, course), wait_until="commit")
    phone.wait_for_function("performance.getEntriesByName('first-contentful-paint').length === 1")

    heading = phone.get_by_role("heading", level=1)
    expect(heading).to_be_visible()
    assert waiting
    # Their places are kept: when everything comes, nothing makes way for it.
    over.append(True)
    for route in waiting:
        route.continue_()
    phone.wait_for_load_state("load")
    until_faces_are_used(phone)
    phone.wait_for_timeout(200)
    assert_nothing_jumped(phone)
    unmeasured = phone.evaluate(
        "[...document.images].filter((each) => !each.getAttribute('width') || "
        "!each.getAttribute('height')).map((each) => each.outerHTML)"
    )
    assert unmeasured == []
