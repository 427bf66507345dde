"""Pages in the browser, in both pseudo-languages: longer words and a mirrored page still fit."""

from urllib.parse import urlsplit

import pytest
from django.test import Client
from django.urls import resolve
from wagtail.models import Site

from home.demo.loader import load_demo
from learners.models import User
from perfomix.languages import pseudo
from tests.languages.walking import walk

# Every page of every person, drawn in Chromium: minutes.
pytestmark = [
    pytest.mark.browser,
    pytest.mark.nightly,
    pytest.mark.django_db(transaction=True),
]

WIDTHS = (390, 1440)
OURS = ("courses.", "learners.", "storefront.", "home.")
# Who sees most of what there is.
PEOPLE = ["learner@perfomix.example", "marit@perfomix.example", "admin@perfomix.example"]
# Nothing when all fits, else what stands out farthest, for whoever has to mend it.
TOO_WIDE = """() => {
  const beyond = document.documentElement.scrollWidth - window.innerWidth
  if (beyond <= 0) return ""
  const scrolls = (tag) =>
    tag && (getComputedStyle(tag).overflowX !== "visible" || scrolls(tag.parentElement))
  const out = [...document.body.querySelectorAll("*")].filter((tag) => {
    const box = tag.getBoundingClientRect()
    return box.right > window.innerWidth + 0.5 && !scrolls(tag.parentElement)
  })
  return `${beyond} px, ` + out.slice(-3).map((tag) => tag.outerHTML.slice(0, 120)).join(" | ")
}"""


@pytest.fixture
def demo_site(live_server, settings):
    """The demo, at the address of the running server."""
    load_demo()
    settings.BASE_URL = settings.WAGTAILADMIN_BASE_URL = live_server.url
    hostname, port = live_server.url.removeprefix("http://").split(":")
    Site.objects.filter(is_default_site=True).update(hostname=hostname, port=int(port))
    return live_server.url


def ours(address: str) -> bool:
    """Whether a view of this project answers; Wagtail's own pages are Wagtail's to mend."""
    view = resolve(urlsplit(address).path).func
    module = getattr(view, "view_class", view).__module__
    return not address.startswith("/admin/") or module.startswith(OURS)


def test_nothing_is_wider_than_the_window(demo_site, new_context):
    wide = []
    for email in PEOPLE:
        client = Client(SERVER_NAME="localhost")
        client.force_login(User.objects.get(email=email))
        addresses = [
            address
            for address, _page in walk(client, "/", "/nowhere/", "/accounts/login/", "/admin/")
            if ours(address)
        ]
        cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value}
        for language in (pseudo.ACCENTED, pseudo.MIRRORED):
            context = new_context()
            context.add_cookies(
                [
                    {**cookie, "url": demo_site},
                    {"name": "django_language", "value": language, "url": demo_site},
                ]
            )
            page = context.new_page()
            for address in addresses:
                page.goto(demo_site + address, wait_until="load")
                for width in WIDTHS:
                    page.set_viewport_size({"width": width, "height": 900})
                    beyond = page.evaluate(TOO_WIDE)
                    if beyond:
                        wide.append(f"{language} {width} {address}: {beyond}")
            context.close()

    assert wide == []
