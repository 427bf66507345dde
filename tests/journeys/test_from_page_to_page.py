"""From page to page: they fade into each other, unless somebody wants nothing to move."""

import pytest

from tests.builders import a_released_course

from .pages import FOR_LEARNERS, PAGES, address_of
from .steps import sign_in

pytestmark = pytest.mark.browser
HOW = "addEventListener('pagereveal', (event) => { window.fades = !!event.viewTransition; });"


@pytest.fixture
def course(catalogue, ada):
    return a_released_course(by=ada, title="Sewing by hand")


def go(page, address: str) -> bool:
    """Follow a link from the page on conditions of selling; whether that faded."""
    page.evaluate("address => location.assign(address)", address)
    page.wait_for_url(address)
    page.wait_for_function("window.fades !== undefined")
    return page.evaluate("window.fades")


@pytest.mark.parametrize(("motion", "fades"), [("no-preference", True), ("reduce", False)])
def test_each_page_fades_in_and_none_where_nothing_shall_move(
    page, live_site, course, cleo, motion, fades
):
    page.add_init_script(HOW)
    page.emulate_media(reduced_motion=motion)
    sign_in(page, live_site, "cleo")
    found = {}
    for kind in PAGES:
        if kind == "sign in":  # asks nobody who is signed in
            continue
        page.goto(f"{live_site}/account/teach/")
        found[kind] = go(page, live_site + address_of(kind, course))
        assert page.evaluate("document.getAnimations().length") == 0 or fades
    page.context.clear_cookies()
    page.goto(f"{live_site}/account/teach/")
    found["sign in"] = go(page, live_site + PAGES["sign in"])

    assert found == dict.fromkeys(found, fades)
    assert found.keys() == PAGES.keys()


@pytest.mark.parametrize("kind", PAGES)
def test_on_paper_each_page_is_its_words(page, live_site, course, cleo, kind):
    if kind in FOR_LEARNERS:
        sign_in(page, live_site, "cleo")
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
