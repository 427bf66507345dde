"""What browsers may make ready ahead: pages for everybody that write nothing, named one by one."""

import json
import re
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.test import Client
from django.urls import resolve

from perfomix.page_cache.asking import WAGTAIL_ROUTE, parameters
from tests.builders import a_released_course

pytestmark = pytest.mark.django_db
RULES = json.loads((settings.BASE_DIR / "static/ahead.speculation").read_text())
SAMPLES = {":course": "sewing-by-hand", ":producer": "3d21f9ee-d85e-5a10-bda2-dff7da80567a"}


def named() -> list[str]:
    (rule,) = RULES["prerender"]
    return rule["where"]["and"][0]["href_matches"]


def one_of(pattern: str) -> str:
    """An address that it matches."""
    return re.sub(r":\w+", lambda found: SAMPLES[found[0]], pattern)


def test_the_rules_name_only_pages_that_are_kept_for_everybody():
    for pattern in named():
        assert parameters(one_of(pattern)) is not None, pattern  # marked ``public_page``
        assert "*" not in pattern


def test_plain_pages_are_named_by_their_addresses_alone():
    """Wagtail answers for whatever else there is, so nothing may stand for several of them."""
    behind_wagtail = [each for each in named() if resolve(one_of(each)).view_name == WAGTAIL_ROUTE]

    assert behind_wagtail == ["/terms/", "/refunds/", "/privacy/"]


def test_no_rule_asks_for_an_address_with_a_question_or_beyond_this_site():
    assert RULES.keys() == {"prerender"}
    (rule,) = RULES["prerender"]
    _named, *refused = rule["where"]["and"]

    assert {"not": {"href_matches": "/*\\?(.+)", "relative_to": "document"}} in refused
    (links,) = [each["not"]["selector_matches"] for each in refused if len(each["not"]) == 1]
    wanted = "[rel~=nofollow], [target=_blank], [download], [data-swap]"
    assert set(links.split(", ")) == set(wanted.split(", "))
    assert all(pattern.startswith("/") for pattern in named())
    assert rule["where"]["and"][0]["relative_to"] == "document"
    assert rule["eagerness"] == "moderate"  # when somebody is about to go there


def test_every_page_of_the_site_leads_to_the_rules_and_they_are_what_browsers_take(ada):
    a_released_course(by=ada, title="Sewing by hand")

    for address in ("/", "/courses/", "/courses/sewing-by-hand/", "/accounts/login/", "/nowhere/"):
        header = Client().get(address)["Speculation-Rules"]
        assert re.fullmatch(r'"/static/ahead\.[0-9a-f]{12}\.speculation"', header)
    rules = Client().get(header.strip('"'))

    assert rules["Content-Type"].startswith("application/speculationrules+json")
    assert json.loads(b"".join(rules.streaming_content)) == RULES


def test_the_rules_come_from_the_site_wherever_static_files_are(monkeypatch, catalogue):
    monkeypatch.setattr(staticfiles_storage, "base_url", "https://static.example.net/static/")

    header = Client().get("/courses/")["Speculation-Rules"]

    assert not urlsplit(header.strip('"')).netloc


def test_neither_the_editor_nor_what_is_no_page_carries_them(client, ivo):
    client.force_login(ivo)

    assert "Speculation-Rules" not in client.get("/admin/")
    assert "Speculation-Rules" not in client.get("/robots.txt")
