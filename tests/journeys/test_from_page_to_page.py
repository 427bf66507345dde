"""From page to page: they fade into each other, unless somebody wants nothing to move."""

import pytest

from tests.builders import a_released_course

from .pages import FOR_LEARNERS, PAGES, address_of
from .steps import arrive

pytestmark = pytest.mark.browser
HOW = "addEventListener('pagereveal', (event) => { window.fades = !!event.viewTransition; });"
GIVE_UP = "addEventListener('pagereveal', (event) => event.viewTransition?.skipTransition());"
PAINTED = "new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"


@pytest.fixture
def course(catalogue, ada):
    return a_released_course(by=ada, title="Sewing by hand")


# Browsers do without fading when a page keeps them waiting, as a busy machine does now and then.
TRIES = 5


def fades(page, start: str, address: str) -> bool:
    """Whether a page fades into the one at ``address`` when it comes in time."""
    return any(_faded(page, start, address) for _ in range(TRIES))


def _faded(page, start: str, address: str) -> bool:
    page.goto(start)
    page.evaluate(PAINTED)  # a page that nobody has seen yet has nothing to fade from
    page.evaluate("address => location.assign(address)", address)
    page.wait_for_url(address)
    page.wait_for_function("window.fades !== undefined")
    return page.evaluate("window.fades")


@pytest.mark.parametrize(("motion", "wanted"), [("no-preference", True), ("reduce", False)])
def test_each_page_fades_in_and_none_where_nothing_shall_move(
    page, live_site, course, cleo, motion, wanted
):
    page.add_init_script(HOW)
    page.emulate_media(reduced_motion=motion)
    arrive(page, live_site, "cleo")
    found, start = {}, f"{live_site}/account/teach/"
    for kind in PAGES:
        if kind == "sign in":  # asks nobody who is signed in
            continue
        found[kind] = fades(page, start, live_site + address_of(kind, course))
        assert page.evaluate("document.getAnimations().length") == 0 or wanted
    page.context.clear_cookies()
    found["sign in"] = fades(page, start, live_site + PAGES["sign in"])

    assert found == dict.fromkeys(found, wanted)
    assert found.keys() == PAGES.keys()


@pytest.fixture
def faults(page):
    page.emulate_media(reduced_motion="no-preference")
    found = []
    page.on("pageerror", lambda fault: found.append(str(fault)))
    return found


def test_a_fade_that_is_given_up_is_no_fault(page, live_site, course, faults):
    """As browsers do where a window changes meanwhile, or somebody is quicker."""
    page.add_init_script(HOW + GIVE_UP)

    assert fades(page, live_site + PAGES["catalogue"], live_site + address_of("course", course))
    page.evaluate(PAINTED)

    assert faults == []


def test_whatever_else_is_given_up_is_a_fault(page, live_site, course, faults):
    page.goto(live_site + PAGES["catalogue"])
    page.evaluate("void Promise.reject(new DOMException('The picture is lost.', 'AbortError'))")
    page.evaluate(PAINTED)

    assert faults == ["The picture is lost."]


def test_into_the_studio_which_fades_nothing_in_is_no_fault(page, live_site, ada, faults):
    arrive(page, live_site, "ada")
    page.goto(f"{live_site}/account/teach/")
    page.evaluate(PAINTED)
    page.evaluate("location.assign('/admin/')")
    page.wait_for_url(f"{live_site}/admin/")
    page.wait_for_load_state()
    page.evaluate(PAINTED)

    assert faults == []


@pytest.mark.parametrize("kind", PAGES)
def test_on_paper_each_page_is_its_words(page, live_site, course, cleo, kind):
    if kind in FOR_LEARNERS:
        arrive(page, live_site, "cleo")
    page.set_viewport_size({"width": 794, "height": 1123})  # A4 at 96 dots an inch
    page.goto(live_site + address_of(kind, course))
    page.emulate_media(media="print", color_scheme="dark")

    shown = page.evaluate(
        "(names) => names.filter((name) => [...document.querySelectorAll(name)]"
        ".some((each) => each.checkVisibility()))",
        ["h1", ".site-header", ".site-footer", ".test-banner", ".player-bar", ".skip", ".toasts"],
    )
    assert shown == ["h1"]
    assert page.evaluate("getComputedStyle(document.documentElement).backgroundColor") == (
        "rgb(255, 255, 255)"
    )
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
