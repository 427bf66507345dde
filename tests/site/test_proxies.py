"""What proxies say is believed from as many as there are, and from nobody else."""

import pytest
from allauth.core.internal.ratelimit import get_ip
from django.core.exceptions import BadRequest
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import reverse

from courses.limits.visitors import network_of
from perfomix.proxies import VisitorsAsProxiesSay
from tests.fixtures.logs import events

PROXY = "10.0.0.5"
CLAIMS = {
    "HTTP_X_FORWARDED_FOR": "192.0.2.1",
    "HTTP_X_FORWARDED_PROTO": "https",
    "HTTP_X_FORWARDED_HOST": "elsewhere.example",
    "HTTP_X_FORWARDED_PORT": "444",
    "HTTP_X_REAL_IP": "192.0.2.1",
    "HTTP_FORWARDED": "for=192.0.2.1;proto=https",
}


def arriving(**meta):
    """The request as everything behind the middleware meets it."""
    met = []
    request = RequestFactory().get("/", **{"REMOTE_ADDR": PROXY, **meta})
    VisitorsAsProxiesSay(lambda request: met.append(request) or HttpResponse())(request)
    return met[0]


@pytest.fixture(params=[0, 1, 2])
def proxies(request, settings):
    settings.PROXY_COUNT = request.param
    return request.param


@pytest.mark.usefixtures("proxies")
def test_no_claim_reaches_anybody():
    claims = CLAIMS | {"HTTP_X_FORWARDED_FOR": "192.0.2.1, 192.0.2.2"}

    request = arriving(HTTP_HOST="testserver", **claims)

    assert not [name for name in request.META if "FORWARDED" in name or "REAL_IP" in name]
    assert request.get_host() == "testserver"
    assert request.get_port() == "80"


def test_without_a_proxy_the_visitor_is_whom_the_server_heard(settings):
    settings.PROXY_COUNT = 0

    request = arriving(**CLAIMS)

    assert (request.META["REMOTE_ADDR"], request.scheme) == (PROXY, "http")


def test_a_server_that_speaks_tls_itself_needs_no_proxy(settings):
    settings.PROXY_COUNT = 0

    assert arriving(**{"wsgi.url_scheme": "https"}).is_secure() is True


@pytest.mark.parametrize(
    ("count", "forwarded_for", "visitor"),
    [
        (1, "192.0.2.1", "192.0.2.1"),
        (1, "6.6.6.6, 192.0.2.1", "192.0.2.1"),
        (1, "garbage,,<script>, 192.0.2.1", "192.0.2.1"),
        (1, "6.6.6.6,192.0.2.1:50123", "192.0.2.1"),
        (1, "6.6.6.6, [2001:DB8::1]:443", "2001:db8::1"),
        (1, "6.6.6.6, ::ffff:192.0.2.1", "192.0.2.1"),
        (2, "192.0.2.1, 10.0.0.9", "192.0.2.1"),
        (2, "6.6.6.6, 7.7.7.7, 192.0.2.1, 10.0.0.9", "192.0.2.1"),
    ],
)
def test_what_stands_left_of_the_proxies_own_is_not_believed(
    settings, count, forwarded_for, visitor
):
    settings.PROXY_COUNT = count

    request = arriving(HTTP_X_FORWARDED_FOR=forwarded_for)

    assert request.META["REMOTE_ADDR"] == visitor


@pytest.mark.parametrize(
    ("count", "forwarded_for"),
    [
        (1, ""),
        (1, "unknown"),
        (1, "192.0.2.1, "),
        (1, "192.0.2.1, unix:"),
        (2, "192.0.2.1"),
        (2, "unknown, 10.0.0.9"),
        (3, "192.0.2.1, 10.0.0.9"),
    ],
)
def test_who_did_not_come_through_all_the_proxies_is_refused(
    settings, logged, count, forwarded_for
):
    settings.PROXY_COUNT = count

    with pytest.raises(BadRequest):
        arriving(HTTP_X_FORWARDED_FOR=forwarded_for)

    assert events(logged()) == ["proxy.missing"]


def test_the_refusal_is_a_page_with_status_400(client, settings):
    settings.PROXY_COUNT = 1

    assert client.get("/robots.txt").status_code == 400


@pytest.mark.parametrize(
    ("said", "scheme"),
    [
        ("https", "https"),
        (" HTTPS ", "https"),
        ("http", "http"),
        ("", "http"),
        ("https, http", "http"),
        ("http, https", "http"),
        ("https,https", "http"),
        ("ftp", "http"),
    ],
)
def test_one_proxy_says_one_scheme(settings, said, scheme):
    settings.PROXY_COUNT = 1

    request = arriving(HTTP_X_FORWARDED_FOR="192.0.2.1", HTTP_X_FORWARDED_PROTO=said)

    assert request.scheme == scheme


def test_a_proxy_that_is_spoken_to_by_tls_is_no_visitor_who_came_by_it(settings):
    settings.PROXY_COUNT = 1

    request = arriving(
        **{"HTTP_X_FORWARDED_FOR": "192.0.2.1", "wsgi.url_scheme": "https"},
        HTTP_X_FORWARDED_PROTO="http",
    )

    assert request.is_secure() is False


@pytest.mark.parametrize("address", ["192.0.2.1", "::ffff:192.0.2.1", "2001:db8:1:2:3::4"])
def test_allauth_and_we_count_by_the_same_address(settings, address):
    settings.PROXY_COUNT = 1

    request = arriving(HTTP_X_FORWARDED_FOR=f"6.6.6.6, {address}")

    assert get_ip(request) == network_of(request)


@pytest.mark.django_db
def test_two_visitors_behind_one_proxy_have_their_own_tries(client, settings):
    settings.PROXY_COUNT = 1

    def sign_up(forwarded_for: str) -> int:
        answer = client.post(
            reverse("account_signup"), {}, REMOTE_ADDR=PROXY, HTTP_X_FORWARDED_FOR=forwarded_for
        )
        return answer.status_code

    assert [sign_up("192.0.2.1") for _ in range(21)] == [200] * 20 + [429]

    assert sign_up("192.0.2.2") == 200
    # Whatever the first writes before it, the proxy adds who they are.
    forged = [f"198.51.100.{number}, 192.0.2.1" for number in range(20)]
    assert {sign_up(header) for header in forged} == {429}
    assert {sign_up(f"{header}:1234") for header in forged} == {429}


@pytest.mark.django_db
def test_without_a_proxy_a_forged_header_is_no_way_out(client, settings):
    settings.PROXY_COUNT = 0

    def sign_up(number: int) -> int:
        claim = {"HTTP_X_FORWARDED_FOR": f"198.51.100.{number}", "HTTP_X_REAL_IP": "192.0.2.9"}
        return client.post(reverse("account_signup"), {}, **claim).status_code

    assert [sign_up(number) for number in range(21)] == [200] * 20 + [429]
