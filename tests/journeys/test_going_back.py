"""Going back shows the page as it was left; after signing out, nothing of anybody."""

import pytest

from learners.enrollment.enrollments import enroll
from tests.builders import a_released_course

from .pages import address_of
from .steps import arrive

pytestmark = pytest.mark.browser
COME_BACK = "addEventListener('pageshow', (event) => { window.cameBack = event.persisted; });"


@pytest.fixture(scope="module")
def browser_that_keeps_pages(browser_type, browser_type_launch_args):
    """Playwright switches off what is tested here."""
    off = ["--disable-back-forward-cache"]
    browser = browser_type.launch(**browser_type_launch_args, ignore_default_args=off)
    yield browser
    browser.close()


@pytest.fixture
def page(browser_that_keeps_pages):
    context = browser_that_keeps_pages.new_context()
    page = context.new_page()
    page.add_init_script(COME_BACK)
    yield page
    context.close()


@pytest.fixture
def course(catalogue, ada):
    return a_released_course(by=ada, title="Sewing by hand")


def there_and_back(page, address: str, *, by: str) -> None:
    page.goto(address)
    page.evaluate("window.left = true")
    page.goto(by)
    page.evaluate("history.back()")
    page.wait_for_function("location.href === " + repr(address).replace("'", '"'))
    page.wait_for_function("window.cameBack !== undefined")


@pytest.mark.parametrize(
    "address", ["/", "/courses/", "/courses/sewing-by-hand/", "/accounts/login/"]
)
def test_a_page_for_everybody_comes_back_as_it_was_left(page, live_site, course, address):
    there_and_back(page, live_site + address, by=f"{live_site}/account/teach/")

    assert page.evaluate("[window.cameBack, window.left]") == [True, True]


@pytest.mark.parametrize("address", ["/", "/courses/", "/courses/sewing-by-hand/"])
def test_it_does_for_somebody_who_is_signed_in(page, live_site, course, cleo, address):
    enroll(user=cleo, course=course)
    arrive(page, live_site, "cleo")

    there_and_back(page, live_site + address, by=f"{live_site}/account/teach/")

    assert page.evaluate("[window.cameBack, window.left]") == [True, True]


@pytest.mark.parametrize(
    "address", ["/account/", "/my-learning/", "lesson", "/courses/sewing-by-hand/checkout/"]
)
def test_what_is_personal_or_must_be_true_is_asked_for_anew(page, live_site, course, cleo, address):
    arrive(page, live_site, "cleo")
    if address == "lesson":  # its door may have closed
        address = address_of("lesson", course)

    there_and_back(page, live_site + address, by=f"{live_site}/")

    assert page.evaluate("window.left") is None


@pytest.mark.parametrize("address", ["/courses/", "/courses/sewing-by-hand/", "/my-learning/"])
def test_after_signing_out_nothing_of_a_person_comes_back(page, live_site, course, cleo, address):
    enroll(user=cleo, course=course)
    arrive(page, live_site, "cleo")
    page.goto(live_site + address)
    assert cleo.name in page.content()
    page.evaluate("window.left = true")

    page.goto(f"{live_site}/accounts/logout/")
    page.get_by_role("main").get_by_role("button", name="Sign out").click()
    page.wait_for_url(f"{live_site}/")
    page.evaluate("history.go(-2)")
    page.wait_for_function("location.pathname !== '/' && document.readyState === 'complete'")

    assert page.evaluate("window.left") is None
    assert cleo.name not in page.content()
