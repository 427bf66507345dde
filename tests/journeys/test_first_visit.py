"""Faces: fetched after the first paint on a first visit, there from the first frame later."""

import pytest

from .pages import FOR_LEARNERS, PAGES, address_of, sewing_by_hand
from .steps import sign_in
from .test_loading import PHONE, SHIFTS, assert_nothing_jumped, until_faces_are_used

pytestmark = pytest.mark.browser

PATIENCE = 100  # times 20 ms that a sheet waits for faces
FACES = """() => performance.getEntriesByType("resource")
  .filter(({ name }) => name.endsWith(".woff2")).map(({ startTime }) => startTime)"""
# What was painted, and when.
PAINTED = """
window.painted = [];
for (const type of ["paint", "largest-contentful-paint"])
  new PerformanceObserver((list) => {
    for (const each of list.getEntries()) {
      window.painted.push([each.name || "largest", each.startTime]);
    }
  }).observe({ type, buffered: true });
"""
LOADED = """() => [...document.fonts].filter(({ status }) => status === "loaded")
  .map(({ family }) => family.replaceAll('"', ""))"""
# How wide the first heading is, frame by frame: in another face it has another width.
WIDTHS = """
window.widths = [];
requestAnimationFrame(function measure() {
  const words = document.querySelector("h1");
  if (words && performance.getEntriesByName("first-contentful-paint").length) {
    const range = document.createRange();
    range.selectNodeContents(words);
    window.widths.push(range.getBoundingClientRect().width);
  }
  requestAnimationFrame(measure);
});
"""


@pytest.fixture
def course(catalogue, ada):
    return sewing_by_hand(by=ada)


@pytest.fixture
def browser_context_args(browser_context_args):
    return {**browser_context_args, "viewport": PHONE}


@pytest.fixture
def phone(context, live_site, course, cleo, request):
    """Nobody has been here with it; whoever must be known signed in without seeing a page."""
    page = context.new_page()
    if request.node.callspec.params.get("kind") in FOR_LEARNERS:
        sign_in(page, live_site, "cleo")
        page.evaluate("localStorage.clear()")
        page.goto("about:blank")
    page.set_default_timeout(30_000)
    page.add_init_script(SHIFTS + PAINTED)
    return page


@pytest.mark.parametrize("kind", PAGES)
def test_on_a_first_visit_no_face_is_asked_for_before_the_largest_thing_is_painted(
    phone, live_site, course, kind
):
    phone.goto(live_site + address_of(kind, course))
    until_faces_are_used(phone)

    painted, asked = phone.evaluate("window.painted"), phone.evaluate(FACES)
    assert {"first-contentful-paint", "largest"} <= {name for name, _at in painted}
    assert len(asked) >= 2
    assert min(asked) > max(at for _name, at in painted)
    assert {"Inter", "Literata"} <= set(phone.evaluate(LOADED))
    assert phone.evaluate("document.documentElement.dataset.faces") is None


def faces_before_the_sheet(phone, address: str, *, of: int) -> int:
    """How many of the faces come while the sheet that names them does not: it is held for them."""
    came, early = [], []
    phone.on("requestfinished", lambda request: came.append(request.url.endswith(".woff2")))

    def after_the_faces(route):
        for _ in range(PATIENCE):
            if sum(came) == of:
                break
            phone.wait_for_timeout(20)
        early.append(sum(came))
        route.continue_()

    phone.route("**/*.css", after_the_faces)
    phone.goto(address)
    return early[0]


@pytest.mark.parametrize("kind", PAGES)
def test_on_later_visits_they_are_there_before_anything_is_painted(phone, live_site, course, kind):
    phone.goto(live_site + address_of(kind, course))
    until_faces_are_used(phone)
    used, asked, told = len(phone.evaluate(FACES)), [], []
    phone.on("request", lambda request: asked.append(request.url))
    phone.on("console", lambda message: told.append(message.text))
    phone.add_init_script(WIDTHS)

    early = faces_before_the_sheet(phone, live_site + address_of(kind, course), of=used)

    assert early == used >= 2
    phone.wait_for_function("window.widths.length > 5")
    assert len(set(phone.evaluate("window.widths"))) == 1
    assert_nothing_jumped(phone)
    assert sum(url.endswith(".woff2") for url in asked) == used
    phone.wait_for_timeout(4000)  # after three seconds Chromium tells what it fetched in vain
    assert not [text for text in told if "preload" in text]


def test_a_browser_that_is_not_told_of_them_fetches_them_after_the_sheet(phone, live_site, course):
    """The control: what the test above sees of a page that names no face ahead."""
    address = live_site + address_of("course", course)
    phone.goto(address)
    until_faces_are_used(phone)
    phone.add_init_script("HTMLHeadElement.prototype.append = () => {}")

    assert faces_before_the_sheet(phone, address, of=3) == 0


def test_words_change_their_face_once_on_a_first_visit(phone, live_site, course):
    """The control: what the test above would see if they were late."""
    phone.add_init_script(WIDTHS)

    phone.goto(live_site + address_of("course", course))
    until_faces_are_used(phone)
    phone.wait_for_timeout(200)

    assert len(set(phone.evaluate("window.widths"))) == 2


def test_without_scripts_they_are_used_at_once(browser, live_site, course):
    context = browser.new_context(java_script_enabled=False)
    page, asked = context.new_page(), []
    page.on("request", lambda request: asked.append(request.url))

    page.goto(live_site + address_of("course", course))

    page.wait_for_load_state("networkidle")
    assert sum(url.endswith(".woff2") for url in asked) >= 2
    context.close()


def test_a_browser_that_keeps_nothing_for_sites_uses_them_at_once(phone, live_site, course):
    phone.add_init_script(
        "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException() } })"
    )

    phone.goto(live_site + address_of("course", course))
    phone.evaluate("document.fonts.ready.then(() => 1)")

    assert phone.evaluate("document.documentElement.dataset.faces") is None
    assert {"Inter", "Literata"} <= set(phone.evaluate(LOADED))
