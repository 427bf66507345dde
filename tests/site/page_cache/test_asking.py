"""Which requests a kept page may answer, and when two of them ask for the same page."""

import re

import pytest

from perfomix.page_cache import asking

pytestmark = pytest.mark.django_db


def test_parameters_that_the_page_does_not_know_change_nothing(site, course):
    first = site.get("/courses/?utm_source=letter&level=beginner&fbclid=1")
    second = site.get("/courses/?level=beginner&q=")

    assert first.body == second.body
    assert site.rendered == ["/courses/?level=beginner"]
    assert "utm_source" not in first.text
    assert "fbclid" not in first.text


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("/courses/?q=map&level=beginner", "/courses/?level=beginner&q=map", True),
        (
            "/courses/?level=beginner&level=advanced",
            "/courses/?level=advanced&level=beginner",
            False,
        ),
        ("/courses/?q=caf%C3%A9", "/courses/?q=caf%c3%a9", True),
        ("/courses/?q=a+b", "/courses/?q=a%20b", True),
        ("/courses/?q=a%26b", "/courses/?q=a&b", False),
        ("/courses/?at=1", "/courses/", False),
        ("/courses/?Q=map", "/courses/", True),
        ("/?q=map", "/", True),
        ("/courses/sewing-by-hand/?ref=ada", "/courses/sewing-by-hand/", True),
        ("/courses/sewing-by-hand/?at=1", "/courses/sewing-by-hand/", True),
    ],
)
def test_an_address_written_another_way_is_the_same_page(site, course, one, other, same):
    def asked(address):
        path, _, query = address.partition("?")
        environ = {"REQUEST_METHOD": "GET", "PATH_INFO": path, "QUERY_STRING": query}
        return asking.asked({**environ, "wsgi.url_scheme": "http"}).key

    assert (asked(one) == asked(other)) is same


@pytest.mark.parametrize(
    "more",
    [
        {"host": "elsewhere.example"},
        {"cookies": {"theme": "dark"}},
        {"cookies": {"django_language": "qps"}},
        {"accept_language": "qps-rtl"},
    ],
)
def test_host_colours_and_language_make_another_page(site, course, more, settings):
    settings.ALLOWED_HOSTS = ["testserver", "elsewhere.example"]

    plain = site.get("/courses/")
    other = site.get("/courses/", **more)

    assert len(site.store) == 2
    assert plain.body != other.body


def test_other_colours_and_other_cookies_make_the_same_page(site, course):
    for cookies in ({"theme": "plaid"}, {"_ga": "GA1.2.3"}, {"csrftoken": "x" * 32}):
        site.get("/courses/", cookies=cookies)

    assert site.rendered == ["/courses/"]


def test_words_in_any_script_are_an_address(site, course):
    site.get("/courses/?q=जल")
    site.get("/courses/?q=%E0%A4%9C%E0%A4%B2")

    assert len(site.store) == 1
    assert "“जल”" in site.get("/courses/?q=जल").text


@pytest.mark.parametrize("sent", ["café", "%FF", "caf%E9", "a%00b", "a\xad", "\U0001f642"])
def test_a_visitor_and_a_person_are_asked_for_the_same_words(site, course, cleo, sent):
    heading = re.compile("<h1.*?</h1>")
    address = f"/courses/?q=zz+{sent}"

    visitor, person = site.get(address), site.get_as(cleo, address)

    assert heading.findall(visitor.text) == heading.findall(person.text)


@pytest.mark.parametrize(
    ("address", "method", "cookies"),
    [
        ("/courses/", "POST", {}),
        ("/courses/", "OPTIONS", {}),
        ("/courses/", "GET", {"sessionid": "abc"}),
        ("/courses/", "GET", {"messages": "said"}),
        ("/courses/?q=" + "a" * 2000, "GET", {}),
        ("/my-learning/", "GET", {}),
        ("/accounts/login/", "GET", {}),
        ("/help/", "GET", {}),
        ("/courses/nothing-here/", "GET", {}),
        ("/nowhere/", "GET", {}),
        ("/robots.txt", "GET", {}),
        ("/courses/sewing-by-hand/checkout/", "GET", {}),
    ],
)
def test_what_is_not_for_everybody_is_neither_kept_nor_answered_from_memory(
    site, course, address, method, cookies
):
    site.get("/courses/")
    for _ in range(2):
        site.get(address, method=method, cookies=cookies)

    assert len(site.rendered) == 3
    assert len(site.store) == 1


def test_nothing_of_a_visitor_reaches_the_page(site, course):
    site.get(
        "/courses/?utm_source=letter",
        cookies={"theme": "dark", "csrftoken": "t" * 32, "_ga": "GA1.2.3"},
        user_agent="Somebody/1.0",
        referer="https://elsewhere.example/",
        authorization="Basic YTpi",
        accept_language="en-GB,fr;q=0.5",
        if_none_match='"1"',
        range="bytes=0-10",
        x_request_id="0123456789abcdef0123456789abcdef",
    )

    (seen,) = site.seen
    said = {name: value for name, value in seen.items() if name.startswith("HTTP_")}
    assert said.pop("HTTP_X_REQUEST_ID", None)
    assert said == {
        "HTTP_HOST": "testserver",
        "HTTP_COOKIE": "django_language=en; theme=dark",
        "HTTP_ACCEPT_LANGUAGE": "en",
    }
    assert seen["QUERY_STRING"] == ""


def test_behind_a_proxy_the_scheme_is_the_one_it_says(settings):
    settings.PROXY_COUNT = 1
    environ = {"REQUEST_METHOD": "GET", "PATH_INFO": "/", "wsgi.url_scheme": "http"}

    plain = asking.asked({**environ, "HTTP_X_FORWARDED_PROTO": "http"})
    secure = asking.asked({**environ, "HTTP_X_FORWARDED_PROTO": "https"})

    assert (plain.key.scheme, secure.key.scheme) == ("http", "https")


def test_without_a_proxy_nobody_says_the_scheme():
    environ = {"REQUEST_METHOD": "GET", "PATH_INFO": "/", "wsgi.url_scheme": "http"}

    claimed = asking.asked({**environ, "HTTP_X_FORWARDED_PROTO": "https"})

    assert claimed.key.scheme == "http"
