"""A site with its page cache in front, in this process, and those who visit it."""

import gzip
import io
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import brotli
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test import Client

from courses.freshness.watch import Watch, the_watch
from perfomix.page_cache.front import PageCache, PageStore


@dataclass
class Answer:
    status: int = 0
    headers: dict[str, str] = field(default_factory=dict)
    names: list[str] = field(default_factory=list)
    body: bytes = b""

    @property
    def text(self) -> str:
        encoding = self.headers.get("content-encoding", "")
        unpack = {"br": brotli.decompress, "gzip": gzip.decompress}.get(encoding, bytes)
        return unpack(self.body).decode()

    @property
    def is_kept(self) -> bool:
        return "etag" in self.headers and "surrogate-key" in self.headers


class Site:
    """``rendered`` lists what Django was asked for; the rest was answered from memory."""

    def __init__(self, *, megabytes: int = 8, watch: Watch | None = None) -> None:
        self.rendered: list[str] = []
        self.seen: list[dict] = []
        self.store = PageStore(megabytes * 1024 * 1024)
        self._django = WSGIHandler()
        self.front = PageCache(self._render, watch=watch or the_watch(), store=self.store)

    def _render(self, environ, start_response):
        address = environ["PATH_INFO"]
        if environ["QUERY_STRING"]:
            address += "?" + environ["QUERY_STRING"]
        self.rendered.append(address)
        self.seen.append(dict(environ))
        return self._django(environ, start_response)

    def get(self, address: str, *, method: str = "GET", cookies=None, **headers: str) -> Answer:
        """``headers`` as in ``accept_encoding="br"``."""
        path, _, query = address.partition("?")
        environ = {
            "REQUEST_METHOD": method,
            "PATH_INFO": path.encode().decode("latin-1"),
            "QUERY_STRING": query.encode().decode("latin-1"),
            "HTTP_HOST": "testserver",
            "SERVER_NAME": "testserver",
            "SERVER_PORT": "80",
            "REMOTE_ADDR": "127.0.0.1",
            "wsgi.url_scheme": "http",
            "wsgi.input": io.BytesIO(),
            "wsgi.errors": sys.stderr,
            **{f"HTTP_{name.upper()}": value for name, value in headers.items()},
        }
        if cookies:
            environ["HTTP_COOKIE"] = "; ".join(f"{name}={value}" for name, value in cookies.items())
        answer = Answer()

        def start_response(status, headers, exc_info=None):
            answer.status = int(status.split()[0])
            answer.names = [name.lower() for name, _ in headers]
            answer.headers = {name.lower(): value for name, value in headers}

        with _the_connection_of_the_test_stays():
            body = self.front(environ, start_response)
            answer.body = b"".join(body)
            if close := getattr(body, "close", None):
                close()
        return answer

    def get_as(self, person, address: str) -> Answer:
        """What ``person`` gets, signed in."""
        client = Client()
        client.force_login(person)
        return self.get(address, cookies={settings.SESSION_COOKIE_NAME: client.session.session_key})


@contextmanager
def _the_connection_of_the_test_stays() -> Iterator[None]:
    signals = (request_started, request_finished)
    connected = [signal.disconnect(close_old_connections) for signal in signals]
    yield
    for signal, was in zip(signals, connected, strict=True):
        if was:
            signal.connect(close_old_connections)
