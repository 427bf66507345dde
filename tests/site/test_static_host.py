"""One setting moves the static files to a CDN, all but what browsers take from the site only."""

import re

import pytest
from django.contrib.staticfiles.storage import staticfiles_storage
from django.test import Client

from courses.freshness import fragments
from tests.builders import a_released_course

pytestmark = pytest.mark.django_db
HOST = "https://static.example.net"


@pytest.fixture
def elsewhere(settings):
    settings.STATIC_URL = f"{HOST}/static/"
    before = staticfiles_storage.base_url
    staticfiles_storage.base_url = settings.STATIC_URL
    fragments.forget()
    yield
    staticfiles_storage.base_url = before
    fragments.forget()


def test_styles_and_scripts_come_from_the_host_and_drawings_from_the_site(elsewhere, ada):
    a_released_course(by=ada, title="Sewing by hand")

    page = Client().get("/courses/sewing-by-hand/").content.decode()

    fetched = re.findall(r'(?:href|src)="([^"]*/static/[^"#]*)', page)
    drawings = {address for address in fetched if address.endswith(".svg") and "icons/" in address}
    assert drawings and all(address.startswith("/static/icons/sprite.") for address in drawings)
    others = set(fetched) - drawings
    assert {address.rpartition(".")[2] for address in others} == {
        "css",
        "js",
        "svg",
        "png",
    }
    assert all(address.startswith(f"{HOST}/static/") for address in others)


def test_the_site_itself_still_serves_them_for_the_cdn_to_fetch(elsewhere):
    address = staticfiles_storage.url("css/interface/tokens.css").removeprefix(HOST)

    answer = Client().get(address)

    assert answer.status_code == 200
    assert "immutable" in answer["Cache-Control"]
    assert answer["Access-Control-Allow-Origin"] == "*"  # fonts and modules of another origin
