"""The server of production: two lanes in each worker, and a site that was loaded before."""

import os
import socket
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from unittest.mock import Mock

import pytest
from granian import wsgi
from granian.server import mp

from perfomix.serving.lanes import QUIET, in_two_lanes
from tests.ports import a_free_port

ROOT = Path(__file__).resolve().parents[2]
OURS = ["perfomix.serving"]
GRANIANS = ["granian", "--interface", "wsgi", "--no-ws", "--blocking-threads", "1"]
SITE = "tests.site.lane_site:application"


@dataclass(frozen=True)
class Server:
    port: int
    process: subprocess.Popen

    def ask(self, path: str, body: bytes | list[bytes] | None = None) -> tuple[int, str]:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=60)
        connection.request("POST" if body else "GET", path, body=body)
        answer = connection.getresponse()
        text = answer.read().decode()
        connection.close()
        return answer.status, text


def started(*program: str, port: int, target: str = SITE, **how: int) -> subprocess.Popen:
    command = [sys.executable, "-m", *program, "--port", str(port), "--workers", "1"]
    env = {**os.environ, "DJANGO_SETTINGS_MODULE": "perfomix.settings.test"}
    return subprocess.Popen([*command, "--log-level", "error", target], cwd=ROOT, env=env, **how)


@contextmanager
def serving(*program: str):
    port = a_free_port()
    process = started(*program, port=port)
    try:
        while process.poll() is None:
            with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=2):
                break
        assert process.poll() is None, "The server did not start."
        yield Server(port, process)
    finally:
        process.terminate()
        process.wait(timeout=30)


@pytest.fixture(scope="module")
def server():
    with serving(*OURS) as one:
        yield one


def what_a_view_hears_that_waits(server: Server, *, seconds: float) -> str:
    with ThreadPoolExecutor(2) as visitors:
        waiting = visitors.submit(server.ask, f"/wait?seconds={seconds}")
        # Taken before the other request is sent: granian takes them in turn.
        with suppress(TimeoutError):
            waiting.result(timeout=1)
        visitors.submit(server.ask, "/kept").result()
        status, text = waiting.result()
    assert status == 200
    return text


def test_a_kept_page_is_answered_while_a_view_is_at_work(server):
    assert what_a_view_hears_that_waits(server, seconds=30) == "told"


def test_without_a_lane_of_its_own_a_kept_page_waits_for_the_view():
    """The control."""
    with serving(*GRANIANS) as plain:
        assert what_a_view_hears_that_waits(plain, seconds=3) == "not told"


@pytest.mark.parametrize("body", [b"x" * 300_000, [b"x" * 1_000] * 300], ids=["whole", "chunks"])
def test_a_view_reads_what_is_posted(server, body):
    assert server.ask("/length", body) == (200, "300000")


def test_what_a_view_gives_in_pieces_is_made_where_its_connections_are(server):
    assert server.ask("/pieces") == (200, "in pieces by views-0")


def test_a_view_that_breaks_is_answered_for_and_the_next_one_served(server):
    assert server.ask("/nowhere") == (500, "")

    assert server.ask("/pieces") == (200, "in pieces by views-0")


def test_a_worker_uses_the_site_that_was_loaded_before_it_was_forked(server):
    _, text = server.ask("/processes")

    loaded_by, worker = map(int, text.split())
    assert loaded_by == server.process.pid
    assert worker != loaded_by


def test_a_view_that_computes_soon_lets_a_kept_page_have_its_turn(server):
    """And the collector passes by what all workers share."""
    assert server.ask("/interpreter") == (200, "0.001 much True")


def test_a_worker_has_read_the_templates_of_pages_that_people_meet_first(server):
    _, text = server.ask("/templates")

    first = ["base.html", "home/home_page.html", "storefront/catalogue/nothing_found.html"]
    assert [name for name in first if name not in text.splitlines()] == []


def test_a_worker_prepares_once_in_a_quiet_moment_and_serves_though_it_could_not(server):
    deadline = time.monotonic() + 20
    while not (answer := server.ask("/prepared"))[1] and time.monotonic() < deadline:
        time.sleep(2 * QUIET)

    time.sleep(2 * QUIET)
    assert answer == server.ask("/prepared") == (200, "views-0")


@pytest.mark.parametrize(("log_format", "is_answered_at_once"), [(None, True), ("%(path)s", False)])
def test_whoever_wants_a_log_of_accesses_has_kept_pages_in_it(
    monkeypatch, log_format, is_answered_at_once
):
    asked = []

    def site(environ, start_response):
        raise AssertionError("Asked past granian.")

    site.at_once = lambda scope: asked.append("at once") or (200, [], b"")
    monkeypatch.setattr(mp, "_wsgi_call_wrap", mp._wsgi_call_wrap)
    monkeypatch.setattr(sys, "setswitchinterval", lambda seconds: None)
    monkeypatch.setattr(
        wsgi, "_callback_wrapper", lambda *_: lambda proto, scope: asked.append("logged")
    )
    in_two_lanes(threads=0)
    lanes = mp._wsgi_call_wrap(site, {}, log_format)

    lanes(Mock(), {"CONTENT_LENGTH": "1"})

    assert asked == ["at once" if is_answered_at_once else "logged"]


def test_a_server_that_is_ended_answers_what_it_was_asked():
    with serving(*OURS) as server, ThreadPoolExecutor(1) as visitor:
        waiting = visitor.submit(server.ask, "/wait?seconds=3")
        with suppress(TimeoutError):
            waiting.result(timeout=1)

        server.process.terminate()

        assert waiting.result() == (200, "not told")


def test_a_site_that_starts_threads_as_it_is_loaded_is_not_served():
    """No worker would have them, and whoever hands them work would wait for ever."""
    target = "tests.site.lane_site_with_a_thread:application"
    process = started(*OURS, port=a_free_port(), target=target, stderr=subprocess.PIPE)
    _, said = process.communicate(timeout=60)

    assert process.returncode == 1
    assert b"NotAlone: MainThread, of-a-library" in said
