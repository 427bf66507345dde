"""The search field suggests while one types: with the keyboard, with a screen reader, without."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.builders import a_category, a_released_course

pytestmark = pytest.mark.browser


@pytest.fixture
def shelf(catalogue, ada, bruno):
    craft = a_category("Craft")
    a_released_course(by=ada, title="Watercolour by hand", category=craft, syllabus=["Paper"])
    a_released_course(by=bruno, title="Ware und Preis", language="de", syllabus=["Markt"])
    a_released_course(by=bruno, title="الواحة والماء", language="ar", syllabus=["A"])
    long = "Wading through " + "extraordinarily" * 6
    a_released_course(by=bruno, title=long, syllabus=["A"])


def field_of(page):
    return page.locator("input[data-suggestions]:visible").first


def typed(page, text: str):
    field = field_of(page)
    field.click()
    field.press_sequentially(text)
    page.locator(".suggestions [role=option]").first.wait_for()
    return field


def chosen(page) -> str | None:
    """What a screen reader is told to be chosen."""
    return page.evaluate(
        "document.getElementById(document.activeElement.getAttribute('aria-activedescendant'))"
        "?.textContent.trim()"
    )


def test_arrows_lead_through_enter_goes_there_and_escape_closes(live_site, shelf, page):
    page.goto(f"{live_site}/courses/")
    field = typed(page, "wat")
    expect(field).to_have_attribute("aria-expanded", "true")
    expect(page.locator(".search [role=status]").first).to_contain_text("2 suggestions")
    assert chosen(page) is None

    page.keyboard.press("ArrowDown")
    assert chosen(page) == "watercolour"
    page.keyboard.press("ArrowDown")
    assert chosen(page) == "Watercolour by hand"
    page.keyboard.press("ArrowDown")  # past the end: the field itself
    assert chosen(page) is None
    page.keyboard.press("ArrowUp")
    assert chosen(page) == "Watercolour by hand"

    page.keyboard.press("Escape")
    expect(field).to_have_attribute("aria-expanded", "false")
    assert field.input_value() == "wat"
    page.keyboard.press("ArrowDown")
    page.locator(".suggestions [role=option]").first.wait_for()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    page.wait_for_url("**/courses/watercolour-by-hand/")


def test_enter_in_the_field_searches_as_ever(live_site, shelf, page):
    page.goto(f"{live_site}/courses/")
    typed(page, "wat")

    page.keyboard.press("Enter")

    page.wait_for_url("**/courses/?q=wat")


def test_a_press_goes_there_and_elsewhere_closes(live_site, shelf, page):
    page.goto(f"{live_site}/")
    field = typed(page, "wat")
    page.locator("h1").first.click()
    expect(field).to_have_attribute("aria-expanded", "false")

    field.click()
    field.press("ArrowDown")
    page.get_by_role("option", name="Watercolour by hand").click()
    page.wait_for_url("**/courses/watercolour-by-hand/")


@pytest.mark.parametrize(("width", "scheme"), [(1440, "light"), (390, "dark"), (320, "light")])
def test_the_list_is_accessible_and_no_wider_than_the_screen(live_site, shelf, page, width, scheme):
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    page.goto(f"{live_site}/courses/")
    typed(page, "wa")
    page.keyboard.press("ArrowDown")

    violations = Axe().run(page).response["violations"]

    assert [f"{each['id']}: {each['nodes'][0]['target']}" for each in violations] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    box = page.locator(".suggestions [role=listbox]:visible").bounding_box()
    assert box["x"] >= 0 and box["x"] + box["width"] <= width


def test_a_title_that_runs_from_right_to_left_says_so(live_site, shelf, page):
    page.goto(f"{live_site}/courses/")
    typed(page, "واح")

    title = page.get_by_role("option", name="الواحة والماء").locator("span")

    assert title.get_attribute("dir") == "rtl"
    assert title.get_attribute("lang") == "ar"


def test_nothing_to_suggest_is_said_and_shows_no_empty_box(live_site, shelf, page):
    page.goto(f"{live_site}/courses/")
    field = field_of(page)
    field.click()
    field.press_sequentially("zzz")

    expect(page.locator(".search [role=status]").first).to_contain_text("No suggestions")
    expect(page.locator(".suggestions [role=listbox]").first).to_be_hidden()
    expect(field).to_have_attribute("aria-expanded", "false")


@pytest.mark.parametrize("address", ["/", "/courses/", "/courses/watercolour-by-hand/"])
def test_a_public_page_has_at_most_ten_kilobytes_of_script(live_site, shelf, page, address):
    answers = []

    def note(answer) -> None:
        answers.append(answer)

    page.on("response", note)

    page.goto(live_site + address)
    page.wait_for_load_state("networkidle")

    scripts = [one for one in answers if one.request.resource_type == "script"]
    assert 0 < sum(len(one.body()) for one in scripts) <= 10_000
    assert not any("suggestions" in one.url for one in scripts)
