"""What the page cache answers, and what it leaves to Django."""

import threading
import time
from contextlib import nullcontext
from types import SimpleNamespace

import pytest
from django.conf import settings

from courses.freshness.changed import tick
from courses.freshness.clock import clock_at
from courses.freshness.watch import Watch, the_watch
from perfomix.page_cache.front import PageCache, PageStore
from perfomix.page_cache.page import preferred_encoding
from tests.builders import a_released_course
from tests.site.page_cache.visiting import Site

pytestmark = pytest.mark.django_db


def test_the_second_visitor_gets_the_page_that_the_first_one_got(site, course, client):
    first, second = site.get("/courses/"), site.get("/courses/")

    assert site.rendered == ["/courses/"]
    assert first == second
    assert first.text == client.get("/courses/").text


def test_a_kept_page_comes_in_the_encoding_that_the_browser_prefers(site, course, ada):
    for title in ("Maps people can trust", "Bread in a cold kitchen"):
        a_released_course(by=ada, title=title)
    plain = site.get("/courses/")
    small = site.get("/courses/", accept_encoding="gzip, deflate, br, zstd")
    other = site.get("/courses/", accept_encoding="gzip")

    assert "content-encoding" not in plain.headers
    assert small.headers["content-encoding"] == "br"
    assert other.headers["content-encoding"] == "gzip"
    assert small.text == other.text == plain.text
    assert len(small.body) < len(other.body) < len(plain.body) / 3
    for answer in (plain, small, other):
        assert answer.headers["content-length"] == str(len(answer.body))
        assert "Accept-Encoding" in answer.headers["vary"]
        assert answer.names.count("vary") == 1


def test_the_id_of_the_request_that_made_a_page_is_nobody_elses(site, course):
    """By it somebody finds their own request in the log."""
    made = site.get("/courses/", x_request_id="0123456789abcdef0123456789abcdef")

    assert site.seen[0]["HTTP_X_REQUEST_ID"] == "0123456789abcdef0123456789abcdef"
    assert "x-request-id" not in made.names
    assert "x-request-id" not in site.get("/courses/").names


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [
        ("", ""),
        ("identity", ""),
        ("gzip", "gzip"),
        ("br", "br"),
        ("GZIP, BR", "br"),
        ("gzip;q=1.0, br;q=0.5", "br"),
        ("br;q=0, gzip", "gzip"),
        ("br; q=0.000, gzip;q=0", ""),
        ("brotli, xgzip", ""),
    ],
)
def test_the_smaller_of_what_is_accepted(accepted, encoding):
    assert preferred_encoding(accepted) == encoding


def test_a_browser_that_has_the_page_is_not_sent_it_again(site, course):
    page = site.get("/courses/", accept_encoding="br")

    again = site.get("/courses/", if_none_match=page.headers["etag"])

    assert (again.status, again.body) == (304, b"")
    assert again.headers["etag"] == page.headers["etag"]
    assert "content-length" not in again.headers
    assert again.headers["cache-control"] == page.headers["cache-control"]
    assert site.get("/courses/", if_none_match='W/"other"').status == 200


def test_head_is_answered_from_a_kept_page_and_keeps_none(site, course):
    site.get("/courses/", method="HEAD")
    assert len(site.store) == 0
    site.get("/courses/")

    answer = site.get("/courses/", method="HEAD")

    assert answer.body == b""
    assert int(answer.headers["content-length"]) > 5_000
    assert len(site.rendered) == 2


def test_a_change_drops_the_page_and_leaves_the_others(site, course):
    site.get("/courses/")
    site.get("/courses/sewing-by-hand/")

    tick(["catalogue"])
    site.get("/courses/")
    site.get("/courses/sewing-by-hand/")

    assert site.rendered == ["/courses/", "/courses/sewing-by-hand/", "/courses/"]


def test_a_page_that_changes_while_it_is_rendered_is_not_kept(site, course, monkeypatch):
    render, changes = site._render, [["catalogue"]]

    def slow(environ, start_response):
        answer = render(environ, start_response)
        for names in changes:
            tick(names)
        return answer

    monkeypatch.setattr(site.front, "_application", slow)
    site.get("/courses/")
    assert len(site.store) == 0

    changes[:] = [["course-987654"]]  # of another page
    site.get("/courses/")
    assert len(site.store) == 1


@pytest.fixture
def changes_as_it_is_kept(site, monkeypatch):
    """Another thread hears of a change just before the first page is kept."""
    put, others = site.store.put, []

    def slow(key, page):
        if not others:
            clock_at(settings.FRESHNESS_CLOCK).tick(["catalogue"])
            others.append(threading.Thread(target=the_watch().look, kwargs={"again": True}))
            others[0].start()
            others[0].join(0.5)
        put(key, page)

    monkeypatch.setattr(site.store, "put", slow)
    return others


@pytest.mark.race
def test_a_change_that_is_heard_as_a_page_is_kept_drops_it(site, course, changes_as_it_is_kept):
    site.get("/courses/")
    changes_as_it_is_kept[0].join()
    site.get("/courses/")

    assert site.rendered == ["/courses/", "/courses/"]


@pytest.mark.race
def test_where_keeping_waits_for_nobody_a_page_is_kept_too_late(
    site, course, changes_as_it_is_kept, monkeypatch
):
    """The control of the test above."""
    monkeypatch.setattr(the_watch(), "_lock", nullcontext())

    site.get("/courses/")
    changes_as_it_is_kept[0].join()
    site.get("/courses/")

    assert site.rendered == ["/courses/"]


def test_without_redis_nothing_is_served_from_memory(course):
    site = Site(watch=Watch(None))

    for _ in range(2):
        assert site.get("/courses/").status == 200

    assert site.rendered == ["/courses/", "/courses/"]
    assert len(site.store) == 0


def test_a_page_that_was_kept_is_not_served_once_redis_is_lost(site, course, monkeypatch):
    site.get("/courses/")
    monkeypatch.setattr(the_watch(), "is_certain", lambda: False)

    site.get("/courses/")

    assert len(site.rendered) == 2


def test_after_its_time_one_request_renders_and_the_others_get_the_old_page(
    site, course, monkeypatch
):
    old = site.get("/courses/")
    (key,) = site.store._values
    site.store.find(key).until = time.monotonic() - 1
    render, meanwhile = site._render, []

    def slow(environ, start_response):
        if not meanwhile:
            meanwhile.append(None)
            meanwhile.append(site.get("/courses/"))
        return render(environ, start_response)

    monkeypatch.setattr(site.front, "_application", slow)
    site.get("/courses/")

    assert meanwhile[1] == old
    assert site.rendered == ["/courses/", "/courses/"]
    site.get("/courses/")
    assert len(site.rendered) == 2  # its time has begun anew


def test_whoever_gets_the_old_page_waits_for_nobody(site, course, monkeypatch):
    old, waited = site.get("/courses/"), []
    (key,) = site.store._values
    site.store.find(key).until = time.monotonic() - 1
    somebody_renders = SimpleNamespace(wait=waited.append)
    monkeypatch.setattr(site.front._turns, "take", lambda key: somebody_renders)

    assert site.get("/courses/") == old
    assert waited == []


def test_whoever_waited_in_vain_gets_the_page_all_the_same(site, course, monkeypatch):
    somebody_hangs = SimpleNamespace(wait=lambda seconds: False)
    monkeypatch.setattr(site.front._turns, "take", lambda key: somebody_hangs)

    assert "Sewing by hand" in site.get("/courses/").text
    assert site.rendered == ["/courses/"]


class Crowd:
    """Twenty that ask at once for a page that takes a while, each in a thread."""

    def __init__(self) -> None:
        self.rendered, self.answers = 0, []
        self.front = PageCache(self._render, watch=the_watch(), store=PageStore(1_000_000))

    def _render(self, environ, start_response):
        self.rendered += 1
        time.sleep(0.2)
        headers = [("Cache-Control", "public, s-maxage=60"), ("Surrogate-Key", "catalogue")]
        start_response("200 OK", headers)
        return [b"the page"]

    def ask(self) -> None:
        def one():
            environ = {"REQUEST_METHOD": "GET", "PATH_INFO": "/courses/", "QUERY_STRING": ""}
            environ |= {"wsgi.url_scheme": "http", "HTTP_HOST": "testserver"}
            self.answers.append(b"".join(self.front(environ, lambda *_: None)))

        threads = [threading.Thread(target=one) for _ in range(20)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()


def test_a_herd_renders_a_page_once():
    crowd = Crowd()

    crowd.ask()

    assert crowd.rendered == 1
    assert crowd.answers == [b"the page"] * 20


@pytest.mark.race
def test_without_turns_each_of_a_herd_renders(monkeypatch):
    """The control of the test above."""
    crowd = Crowd()
    monkeypatch.setattr(crowd.front._turns, "take", lambda key: None)
    monkeypatch.setattr(crowd.front._turns, "end", lambda key: None)

    crowd.ask()

    assert crowd.rendered > 1


def test_an_error_while_a_page_is_rendered_keeps_nobody_waiting(site, course, monkeypatch):
    render = site._render

    def broken(environ, start_response):
        raise RuntimeError("out of order")

    monkeypatch.setattr(site.front, "_application", broken)
    with pytest.raises(RuntimeError):
        site.get("/courses/")

    monkeypatch.setattr(site.front, "_application", render)
    assert site.get("/courses/").status == 200


@pytest.mark.parametrize(
    ("status", "headers"),
    [
        ("404 Not Found", {}),
        ("200 OK", {"Set-Cookie": "csrftoken=1"}),
        ("200 OK", {"Cache-Control": "private, no-cache"}),
        ("200 OK", {"Cache-Control": "private, s-maxage=60"}),
        ("200 OK", {"Cache-Control": "public, max-age=0"}),
        ("200 OK", {"Cache-Control": "public, s-maxage=0"}),
        ("200 OK", {"Surrogate-Key": ""}),
        ("200 OK", {"Content-Encoding": "gzip"}),
    ],
)
def test_what_is_not_meant_for_everybody_is_handed_on_and_not_kept(status, headers):
    usual = {"Cache-Control": "public, s-maxage=60", "Surrogate-Key": "catalogue"}
    said = list((usual | headers).items())
    store, answers = PageStore(1_000_000), []

    def application(environ, start_response):
        start_response(status, said)
        return [b"as ", b"it is"]

    front = PageCache(application, watch=the_watch(), store=store)
    environ = {"REQUEST_METHOD": "GET", "PATH_INFO": "/courses/", "wsgi.url_scheme": "http"}

    body = b"".join(front(environ, lambda *answer: answers.append(answer)))

    own = [pair for pair in said if pair[0] not in ("Cache-Control", "Surrogate-Key")]
    ((answered, with_headers),) = answers
    assert answered == status
    assert [pair for pair in with_headers if pair[0] != "Cache-Control"] == own
    assert "s-maxage" not in dict(with_headers)["Cache-Control"]
    assert body == b"as it is"
    assert len(store) == 0
