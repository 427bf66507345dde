"""Production's settings in the server that production uses, spoken to byte by byte.

The test plays the proxy: it writes the lines that one adds after those of the visitor.
"""

import json
import os
import socket
import subprocess
import sys
from contextlib import contextmanager, suppress
from http.client import HTTPResponse
from pathlib import Path

import pytest
from django.conf import settings

from tests.ports import a_free_port

from .test_production import COMPLETE

ROOT = Path(__file__).resolve().parents[2]
HTTPS = "X-Forwarded-Proto: https"


class Server:
    def __init__(self, port: int) -> None:
        self.port = port

    def answer(self, *lines: str, verb: str = "GET") -> tuple[int, dict[str, str], dict]:
        """Status, headers and what the door says, for a request with these header lines."""
        head = [f"{verb} /door/ HTTP/1.1", "Host: courses.example.org", "Connection: close"]
        head += ["Accept: application/json", "Content-Length: 0", *lines, "", ""]
        with socket.create_connection(("127.0.0.1", self.port), timeout=20) as connection:
            connection.sendall("\r\n".join(head).encode())
            response = HTTPResponse(connection)
            response.begin()
            body = response.read()
        is_json = "json" in response.headers.get("Content-Type", "")
        return response.status, dict(response.headers), json.loads(body) if is_json else {}

    def knock(self, *lines: str) -> int:
        return self.answer(*lines, verb="POST")[0]


@contextmanager
def serving(redis: str, **variables: str):
    """The server with production's settings and one door (``one_door.py``)."""
    port = a_free_port()
    command = [sys.executable, "-m", "perfomix.serving", "--host", "127.0.0.1"]
    command += ["--port", str(port), "--workers", "1", "--blocking-threads", "1", "--threads", "2"]
    command += ["--log-level", "error", "perfomix.wsgi:application"]
    env = {**COMPLETE, "REDIS_URL": redis, "PATH": os.environ["PATH"], **variables}
    env["DJANGO_SETTINGS_MODULE"] = "tests.site.one_door_settings"
    env["STATIC_ROOT_OF_TESTS"] = str(settings.STATIC_ROOT)
    process = subprocess.Popen(command, cwd=ROOT, env=env)
    try:
        while process.poll() is None:
            with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=2):
                break
        assert process.poll() is None, "The server did not start."
        yield Server(port)
    finally:
        process.terminate()
        process.wait(timeout=30)


@pytest.fixture(scope="module")
def behind_one(guarded_redis):
    with serving(guarded_redis, PROXY_COUNT="1") as server:
        yield server


@pytest.fixture(scope="module")
def in_front(guarded_redis):
    """No proxy, and http is not redirected, so that one sees what is believed."""
    with serving(guarded_redis, PROXY_COUNT="0", SECURE_SSL_REDIRECT="false") as server:
        yield server


def test_https_ends_at_the_proxy_and_nobody_is_led_in_circles(behind_one):
    visitor = "X-Forwarded-For: 192.0.2.1"

    status, headers, _ = behind_one.answer(visitor, "X-Forwarded-Proto: http")
    assert (status, headers["location"]) == (301, "https://courses.example.org/door/")

    status, headers, seen = behind_one.answer(visitor, HTTPS)
    assert status == 200
    assert headers["strict-transport-security"].startswith("max-age=31536000")
    assert seen == {"address": "192.0.2.1", "scheme": "https", "host": "courses.example.org"}


@pytest.mark.parametrize(
    "lines",
    [
        ["X-Forwarded-Proto: https", "X-Forwarded-Proto: http"],
        ["X-Forwarded-Proto: http", "X-Forwarded-Proto: https"],
        ["X-Forwarded-Proto: https, http"],
        ["X-Forwarded-Scheme: https"],
        ["X-Forwarded-Ssl: on"],
        ["Forwarded: proto=https;for=192.0.2.1"],
        ["Front-End-Https: on"],
    ],
)
def test_https_is_not_claimed_beside_what_the_proxy_says(behind_one, lines):
    assert behind_one.answer("X-Forwarded-For: 192.0.2.1", *lines)[0] == 301


def test_the_host_is_the_one_in_the_request_line_only(behind_one):
    lines = ["X-Forwarded-Host: elsewhere.example", "X-Forwarded-Port: 444"]

    _, headers, _ = behind_one.answer("X-Forwarded-For: 192.0.2.1", *lines)

    assert headers["location"] == "https://courses.example.org/door/"


@pytest.mark.parametrize("line", ["X-Forwarded-For: unknown", "X-Real-IP: 192.0.2.1", HTTPS])
def test_who_did_not_come_through_the_proxy_is_refused(behind_one, line):
    assert behind_one.answer(line, HTTPS)[0] == 400


def test_each_visitor_behind_the_proxy_has_tries_of_their_own(behind_one):
    def knock(*lines: str) -> int:
        return behind_one.knock(*lines, HTTPS)

    first, second = "X-Forwarded-For: 192.0.2.11", "X-Forwarded-For: 192.0.2.12"
    assert [knock(first) for _ in range(4)] == [200, 200, 200, 429]
    assert knock(second) == 200

    # What the visitor writes comes before what the proxy adds, in one line or in two.
    for number in range(20):
        forged = f"198.51.100.{number}"
        assert knock(f"X-Forwarded-For: {forged}, 192.0.2.11") == 429
        assert knock(f"X-Forwarded-For: {forged}", first) == 429
    assert knock("X-Forwarded-For: 192.0.2.11:40001") == 429
    assert knock("X-Forwarded-For: ::ffff:192.0.2.11") == 429
    assert knock(second) == 200


def test_a_household_of_ipv6_addresses_has_one_bucket(behind_one):
    tries = [behind_one.knock(f"X-Forwarded-For: 2001:db8:5:6::{n}", HTTPS) for n in range(4)]

    assert tries == [200, 200, 200, 429]
    assert behind_one.knock("X-Forwarded-For: 2001:db8:5:7::1", HTTPS) == 200


def test_without_a_proxy_no_header_is_believed(in_front):
    claims = ["X-Forwarded-For: 192.0.2.1", "X_Forwarded_For: 192.0.2.1", HTTPS]
    claims += ["X_Forwarded_Proto: https", "Forwarded: for=192.0.2.1;proto=https"]
    claims += ["X-Real-IP: 192.0.2.1", "X-Forwarded-Host: elsewhere.example"]

    status, headers, seen = in_front.answer(*claims)

    assert status == 200
    assert seen == {"address": "127.0.0.1", "scheme": "http", "host": "courses.example.org"}
    assert "strict-transport-security" not in headers


def test_without_a_proxy_a_forged_header_is_no_way_to_more_tries(in_front):
    tries = [in_front.knock(f"X-Forwarded-For: 192.0.2.{number}", HTTPS) for number in range(8)]

    assert tries == [200, 200, 200] + [429] * 5
