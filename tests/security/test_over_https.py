"""The site as production serves it: over https alone, with cookies that no other host can set."""

import re
from http.cookies import Morsel

import pytest
from django.test import Client, override_settings
from django.urls import reverse

from learners.models import Enrollment
from tests.people import PASSWORD
from tests.site.test_production import COMPLETE
from tests.site.test_same_settings import HTTPS, read
from tests.storefront.shop import a_course_on_sale

pytestmark = pytest.mark.django_db

SITE = "https://testserver"


@pytest.fixture(scope="module")
def production(tmp_path_factory) -> dict:
    settings = read(
        "production", **COMPLETE, PERFOMIX_DATA_DIR=str(tmp_path_factory.mktemp("data"))
    )
    return {name: settings[name] for name in HTTPS}


@pytest.fixture
def browser(production):
    """A client that checks tokens, as a browser's posts are checked, on production's settings."""
    own = {"BASE_URL": SITE, "WAGTAILADMIN_BASE_URL": SITE, "CSRF_TRUSTED_ORIGINS": [SITE]}
    with override_settings(**production, **own):
        yield Client(enforce_csrf_checks=True, headers={"Origin": SITE})


def post(browser, address: str, form: str, **fields):
    """Post to ``address`` with the token that the page ``form`` holds."""
    page = browser.get(form, secure=True).content.decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)[1]
    return browser.post(address, {"csrfmiddlewaretoken": token, **fields}, secure=True)


def signed_in(browser, who, *, onward="/my-learning/"):
    door = reverse("account_login")
    response = post(browser, door, door, login=who.email, password=PASSWORD)
    assert response.status_code == 302
    assert response.url == onward


def test_http_is_led_to_https(browser):
    response = browser.get("/courses/", {"q": "map"})

    assert response.status_code == 301
    assert response.url == f"{SITE}/courses/?q=map"


def test_a_browser_is_told_to_stay_with_https(browser, catalogue):
    response = browser.get("/courses/", secure=True)

    assert response.status_code == 200
    told = response["Strict-Transport-Security"]
    assert told == "max-age=31536000; includeSubDomains; preload"


def test_cookies_are_of_this_host_alone(browser, cleo):
    signed_in(browser, cleo)

    for name in ("__Host-sessionid", "__Host-csrftoken"):
        cookie: Morsel = browser.cookies[name]
        assert cookie["secure"], name
        # https://developer.mozilla.org/docs/Web/HTTP/Headers/Set-Cookie: what __Host- asks for
        assert (cookie["path"], cookie["domain"]) == ("/", "")
    assert browser.cookies["__Host-sessionid"]["httponly"]


def test_a_course_is_taken_over_https(browser, ada, cleo):
    course = a_course_on_sale(by=ada, price="0")
    signed_in(browser, cleo)
    checkout = f"/courses/{course.slug}/checkout/"

    response = post(browser, checkout, checkout, action="pay")

    assert response.status_code == 302
    assert Enrollment.objects.get().user == cleo


def test_a_post_from_another_site_is_refused(browser, ada, cleo):
    course = a_course_on_sale(by=ada, price="0")
    signed_in(browser, cleo)
    checkout = f"/courses/{course.slug}/checkout/"
    browser.defaults["HTTP_ORIGIN"] = "https://elsewhere.example"

    assert post(browser, checkout, checkout, action="pay").status_code == 403
    assert not Enrollment.objects.exists()


def test_the_studio_opens_over_https(browser, ivo):
    signed_in(browser, ivo, onward="/admin/")

    assert browser.get("/admin/", secure=True).status_code == 200
