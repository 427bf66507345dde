"""Pages as they arrive on a phone with a slow line: nothing jumps, nothing is fetched in vain."""

import pytest

from courses.models import LessonPage
from tests.builders import a_released_course

from .pages import PAGES as ADDRESSES
from .steps import arrive

pytestmark = pytest.mark.browser

PHONE = {"width": 390, "height": 844}
LATE = 400  # milliseconds after which a font comes: long after the first letters stand there
# How much moved, and how far up or down. A word at the end of its line moves sidewards by a few
# pixels with the face it is set in, which nobody can take from it.
SHIFTS = """
window.shifts = [];
new PerformanceObserver((list) => {
  for (const each of list.getEntries()) {
    const far = each.sources.map(({ previousRect, currentRect }) => currentRect.y - previousRect.y);
    const what = each.sources.map(({ node }) => node?.outerHTML?.slice(0, 80));
    window.shifts.push([each.value, Math.max(...far.map(Math.abs)), what]);
  }
}).observe({ type: "layout-shift", buffered: true });
"""
IN_ALL = 0.005  # of the screen: less is rounded to nothing
# As on a later visit (decision 0058): faces are asked for at once.
BEEN_HERE = "localStorage.faces = 'here';"


@pytest.fixture
def lesson(catalogue, ada):
    course = a_released_course(
        by=ada,
        title="Sewing by hand",
        subtitle="Mend, alter and make, with two needles and a thread",
    )
    return LessonPage.objects.descendant_of(course).filter(live=True).last()


@pytest.fixture
def browser_context_args(browser_context_args):
    return {**browser_context_args, "viewport": PHONE, "reduced_motion": "no-preference"}


@pytest.fixture
def phone(page):
    page.set_default_timeout(30_000)
    page.add_init_script(SHIFTS)
    return page


def assert_nothing_jumped(page) -> None:
    """By more than a pixel; words that are a hair wider move nothing that anybody sees."""
    shifts = page.evaluate("window.shifts")
    assert [shift for shift in shifts if shift[1] > 1] == []
    assert sum(value for value, _far, _what in shifts) < IN_ALL


def until_faces_are_used(page) -> None:
    page.wait_for_function("localStorage.faces && !document.documentElement.dataset.faces")
    page.evaluate("document.fonts.ready.then(() => 1)")


@pytest.mark.parametrize("before", ["", BEEN_HERE], ids=["first", "later"])
@pytest.mark.parametrize("kind", ADDRESSES)
def test_nothing_moves_when_fonts_and_pictures_come_late(
    phone, live_site, lesson, cleo, kind, before
):
    if kind == "checkout":
        arrive(phone, live_site, "cleo")
        phone.evaluate("localStorage.clear()")
    phone.add_init_script(before)
    came = []

    def late(route):
        came.append(route.request.url)
        phone.wait_for_timeout(LATE)
        route.continue_()

    phone.route("**/*.woff2", late)
    phone.goto(live_site + ADDRESSES[kind].format(lesson=lesson.uuid))
    until_faces_are_used(phone)
    phone.wait_for_timeout(200)

    assert len(came) >= 2
    assert phone.evaluate(
        "document.fonts.check('16px Literata') && document.fonts.check('16px Inter')"
    )
    assert_nothing_jumped(phone)


@pytest.mark.parametrize("kind", ADDRESSES)
def test_each_file_is_fetched_once_and_what_is_fetched_ahead_is_used(
    phone, live_site, lesson, cleo, kind
):
    if kind == "checkout":
        arrive(phone, live_site, "cleo")
        phone.evaluate("localStorage.clear()")
        phone.goto("about:blank")  # what the page before still fetches is not this page's
    fetched, told = [], []
    phone.on("request", lambda request: fetched.append(request.url))
    phone.on("console", lambda message: told.append(message.text))

    phone.goto(live_site + ADDRESSES[kind].format(lesson=lesson.uuid))
    until_faces_are_used(phone)

    # Icons are fetched by the browser itself, drawings by each that uses one.
    static = [url for url in fetched if "/static/" in url and not url.endswith(".svg")]
    assert len(static) == len(set(static))
    assert sum(url.endswith(".css") for url in static) == 1
    used = phone.evaluate(
        "[...document.fonts].filter((face) => face.status === 'loaded').map((f) => f.family)"
    )
    assert {"Inter", "Literata"} <= set(used)
    assert not [text for text in told if "preload" in text]


@pytest.mark.parametrize(
    ("title", "letters"), [("Sewing by hand 1", set()), ("Nähen von Hand", {"literata"})]
)
def test_letters_that_english_lacks_are_fetched_where_they_stand(
    phone, live_site, catalogue, ada, title, letters
):
    a_released_course(by=ada, title=title, slug="sewing", language="de")
    fetched = []
    phone.on("request", lambda request: fetched.append(request.url.rpartition("/")[2]))

    phone.goto(f"{live_site}/courses/sewing/")
    until_faces_are_used(phone)

    fonts = {url.partition(".")[0] for url in fetched if url.endswith(".woff2")}
    assert {"inter-latin", "literata-latin"} <= fonts
    assert {name.partition("-")[0] for name in fonts if name.endswith("-more")} == letters
