"""The admin in our colours and letters: no worse to read than Wagtail's own, light and dark."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from courses.models import ChapterPage, LessonPage
from tests.builders import a_course, a_lesson, a_submission
from tests.storefront.shop import a_course_on_sale, a_paid_order

from .steps import arrive

pytestmark = [pytest.mark.browser, pytest.mark.nightly]

SHEET = "link[rel=stylesheet][href*='sheets/studio']"
SETTLED = "Promise.all(document.getAnimations().map(each => each.finished.catch(() => null)))"
SIZES = [(390, 844), (1440, 900)]
SCHEMES = ("light", "dark")
FACES = """async () => {
  await document.fonts.ready;
  return [...document.fonts].filter(face => face.status === "loaded").map(face => face.family);
}"""


def worse_than_stock(page: Page) -> list[str]:
    """What axe finds in our colours and not in Wagtail's, on the page as it stands."""
    found = {}
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        for scheme in SCHEMES:
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            if ours := violations(page):
                with wagtails_own_looks(page):
                    stock = violations(page)
                # A list that closed meanwhile is no matter of looks: what stays is.
                lasting = (ours & violations(page)) - stock
                found |= {f"{width} {scheme}: {fault}": None for fault in sorted(lasting)}
    return list(found)


def violations(page: Page) -> set[str]:
    page.evaluate(SETTLED)
    found = Axe().run(page).response["violations"]
    return {f"{each['id']}: {node['target']}" for each in found for node in each["nodes"]}


@contextmanager
def wagtails_own_looks(page: Page) -> Iterator[None]:
    page.locator(SHEET).evaluate("sheet => { sheet.disabled = true; }")
    yield
    page.locator(SHEET).evaluate("sheet => { sheet.disabled = false; }")


def faults(page: Page, site: str, addresses: list[str]) -> dict[str, list[str]]:
    found = {}
    for address in addresses:
        page.goto(site + address)
        page.wait_for_load_state("networkidle")
        if wrong := worse_than_stock(page):
            found[address] = wrong
    return found


@pytest.fixture
def course(catalogue, ada):
    return a_course(by=ada, title="Sewing by hand")


def test_pages_of_a_producer_are_no_worse_than_wagtails(window, live_site, course):
    chapter, lesson = ChapterPage.objects.first(), LessonPage.objects.first()
    lesson.save_revision(user=course.owner)
    earlier, later = lesson.revisions.order_by("pk").first(), lesson.save_revision()
    page = arrive(window(), live_site, "ada", onward="/admin/")

    addresses = [
        "/admin/",
        "/admin/account/",
        "/admin/images/",
        "/admin/images/multiple/add/",
        "/admin/documents/",
        f"/admin/pages/{course.pk}/",
        f"/admin/pages/{course.pk}/edit/",
        f"/admin/pages/{chapter.pk}/edit/",
        f"/admin/pages/{chapter.pk}/delete/",
        f"/admin/pages/{chapter.pk}/copy/",
        f"/admin/pages/{lesson.pk}/edit/",
        f"/admin/pages/{lesson.pk}/move/",
        f"/admin/pages/{lesson.pk}/history/",
        f"/admin/pages/{lesson.pk}/revisions/compare/{earlier.pk}...{later.pk}/",
    ]
    assert faults(page, live_site, addresses) == {}


def test_what_opens_in_the_editor_is_no_worse_than_wagtails(window, live_site, course):
    lesson = a_lesson(
        under=ChapterPage.objects.first(),
        title="Waxing a thread",
        body=[("rich_text", "<p>Draw it twice.</p>")],
    )
    page = arrive(window(), live_site, "ada", onward="/admin/")
    found = {}

    def look(at: str) -> None:
        if wrong := worse_than_stock(page):
            found[at] = wrong

    page.goto(f"{live_site}/admin/pages/{lesson.pk}/edit/")
    page.get_by_role("button", name="Insert a block").first.click()
    expect(page.get_by_role("listbox")).to_be_visible()
    look("blocks to choose from")
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Actions", exact=True).first.click()
    look("actions")
    page.keyboard.press("Escape")
    for panel in ("Toggle status", "Toggle comments", "Toggle preview"):
        button = page.get_by_role("button", name=panel)
        if button.count():
            button.first.click()
            look(panel)
    assert found == {}


def test_pages_of_a_moderator_are_no_worse_than_wagtails(window, live_site, ada, mira, course):
    release = a_submission(by=ada, course=course)
    page = arrive(window(), live_site, "mira", onward="/admin/")

    addresses = [
        "/admin/",
        "/admin/reviews/",
        f"/admin/reviews/{release.pk}/",
        f"/admin/reviews/course/{course.pk}/",
    ]
    assert faults(page, live_site, addresses) == {}


def test_pages_of_an_admin_are_no_worse_than_wagtails(
    window, live_site, stripesim, ada, cleo, ivo, catalogue
):
    order = a_paid_order(stripesim, buyer=cleo, course=a_course_on_sale(by=ada))
    page = arrive(window(), live_site, "ivo", onward="/admin/")

    addresses = [
        "/admin/",
        "/admin/pages/",
        f"/admin/pages/{catalogue.pk}/",
        "/admin/users/",
        f"/admin/users/edit/{ivo.pk}/",
        "/admin/workflows/list/",
        "/admin/nowhere/",
        "/admin/reports/workflow/",
        "/admin/reports/site-history/",
        "/admin/storefront/order/",
        f"/admin/storefront/order/inspect/{order.pk}/",
    ]
    assert faults(page, live_site, addresses) == {}


def test_the_faces_of_the_product_load_in_the_admin(window, live_site, ada):
    page = arrive(window(), live_site, "ada", onward="/admin/")
    page.wait_for_load_state("networkidle")

    assert {"Inter", "Literata"} <= set(page.evaluate(FACES))
    body = page.evaluate("getComputedStyle(document.body).fontFamily")
    heading = page.locator("h1").first.evaluate("it => getComputedStyle(it).fontFamily")
    assert body.startswith("Inter")
    assert heading.startswith("Literata")


def test_a_theme_of_ones_own_outranks_that_of_the_machine(window, live_site, ada):
    page = arrive(window(), live_site, "ada", onward="/admin/")
    paper = "getComputedStyle(document.documentElement).backgroundColor"

    seen = {}
    for scheme in SCHEMES:
        page.emulate_media(color_scheme=scheme)
        for theme in ("system", "light", "dark"):
            page.evaluate(f"document.documentElement.className = 'w-theme-{theme}'")
            seen[scheme, theme] = page.evaluate(paper)

    light, dark = seen["light", "system"], seen["dark", "system"]
    assert light != dark
    assert (seen["dark", "light"], seen["light", "dark"]) == (light, dark)
