"""``next`` leads back to this site and nowhere else."""

import pytest
from django.urls import reverse

from tests.people import PASSWORD

ELSEWHERE = [
    "https://evil.example/",
    "//evil.example/",
    "///evil.example",
    "////evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "\\/evil.example",
    "http:evil.example",
    "http:///evil.example",
    "https:/evil.example",
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:msgbox(1)",
    "ftp://evil.example/",
    "http://testserver@evil.example/",
    "http://testserver.evil.example/",
    "http://evil.example#testserver",
    "http://evil.example?testserver",
    "http://evil.example\\@testserver/",
    "\thttps://evil.example/",
    " https://evil.example/",
    "\x00https://evil.example/",
    "/\t/evil.example",
    "/\n/evil.example",
    "https://[::ffff:evil",
]


def stays_here(url: str) -> bool:
    return url.startswith(("/", "http://testserver/")) and not url.startswith(("//", "/\\"))


@pytest.mark.parametrize("target", ELSEWHERE)
def test_signing_in_never_leads_elsewhere(client, cleo, target):
    values = {"login": cleo.email, "password": PASSWORD, "next": target}
    response = client.post("/accounts/login/", values)
    assert response.status_code == 302
    assert response.url == reverse("learners:my_learning")


@pytest.mark.parametrize("target", ELSEWHERE)
def test_signing_out_and_asking_again_never_lead_elsewhere(client, cleo, target):
    client.force_login(cleo)
    again = client.post("/accounts/reauthenticate/", {"password": PASSWORD, "next": target})
    assert again.status_code != 302 or stays_here(again.url)
    out = client.post("/accounts/logout/", {"next": target})
    assert stays_here(out.url)


@pytest.mark.parametrize("target", ELSEWHERE)
def test_an_open_session_is_not_sent_elsewhere(client, cleo, target):
    client.force_login(cleo)
    for path in ("/accounts/login/", "/accounts/signup/"):
        response = client.get(path, {"next": target})
        assert response.status_code == 302
        assert stays_here(response.url)


def test_a_page_of_this_site_is_where_one_comes_back_to(client, cleo):
    values = {"login": cleo.email, "password": PASSWORD, "next": "/courses/?level=beginner"}
    assert client.post("/accounts/login/", values).url == "/courses/?level=beginner"
