"""A request as a browser behind a proxy sends it, for the wire and for Django's own client."""

import http.client
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.cached_db import SessionStore
from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.test import Client

from learners.models import User

# Stands in a form where each sending has a UUID of its own; ``wrk.lua`` writes it.
TOKEN = "@@@@@@@@-@@@@-@@@@-@@@@-@@@@@@@@@@@@"
ENCODINGS = "gzip, deflate, br"
PATIENCE = 60  # seconds for one answer


@dataclass(frozen=True)
class Sender:
    """A visitor with an address of their own; with a session when somebody is signed in."""

    address: str
    session: str = ""
    secret: str = ""  # in the cookie that comes with a form
    token: str = ""  # in the form itself

    @property
    def cookies(self) -> dict[str, str]:
        if not self.session:
            return {}
        names = settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME
        return dict(zip(names, (self.session, self.secret), strict=True))

    def form(self, **fields: str) -> dict[str, str]:
        """``fields`` with the token that the page puts into its forms."""
        return {"csrfmiddlewaretoken": self.token, **fields}


@dataclass(frozen=True)
class Ask:
    path: str
    sender: Sender
    form: Mapping[str, str] | None = None
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def method(self) -> str:
        return "GET" if self.form is None else "POST"

    @property
    def body(self) -> str:
        return "" if self.form is None else urlencode(self.form, safe="@")

    def all_headers(self, encodings: str = ENCODINGS) -> dict[str, str]:
        found = {
            "Host": "127.0.0.1",
            "X-Forwarded-For": self.sender.address,
            "X-Forwarded-Proto": "http",
            "Accept": "text/html",
            "Accept-Language": "en",
            "Accept-Encoding": encodings,
            **self.headers,
        }
        if self.sender.cookies:
            jar = SimpleCookie(self.sender.cookies)
            found["Cookie"] = "; ".join(f"{m.key}={m.coded_value}" for m in jar.values())
        if self.form is not None:
            found["Content-Type"] = "application/x-www-form-urlencoded"
            found["Content-Length"] = str(len(self.body))
        return found

    def on_the_wire(self) -> bytes:
        head = "".join(f"{name}: {value}\r\n" for name, value in self.all_headers().items())
        return f"{self.method} {self.path} HTTP/1.1\r\n{head}\r\n{self.body}".encode()


@dataclass(frozen=True)
class Answer:
    status: int
    body: bytes
    seconds: float
    location: str = ""


def visitor(number: int) -> Sender:
    return Sender(address_of(number))


def signed_in(user: User, number: int) -> Sender:
    """With a session as signing in makes one, and the secret that a page with a form sets."""
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    page = HttpRequest()
    token = get_token(page)
    return Sender(
        address_of(number), str(session.session_key), secret=page.META["CSRF_COOKIE"], token=token
    )


def address_of(number: int) -> str:
    return f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"


def ask(port: int, asked: Ask, *, encodings: str = ENCODINGS) -> Answer:
    """Over the wire, once."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    try:
        began = time.monotonic()
        body = asked.body.replace(TOKEN, _a_token()).encode()
        connection.request(asked.method, asked.path, body or None, asked.all_headers(encodings))
        answer = connection.getresponse()
        read = answer.read()
        seconds = time.monotonic() - began
        return Answer(answer.status, read, seconds, answer.headers.get("Location", ""))
    finally:
        connection.close()


def ask_inside(asked: Ask, *, encodings: str = ENCODINGS) -> Any:
    """In this process, by Django's own client, which hides nothing of the CSRF check."""
    client = _client()
    client.cookies = SimpleCookie(asked.sender.cookies)
    given = {
        name: value
        for name, value in asked.all_headers(encodings).items()
        if name not in ("Host", "Cookie", "Content-Type", "Content-Length")
    }
    return client.generic(
        asked.method,
        asked.path,
        asked.body.replace(TOKEN, _a_token()),
        content_type="application/x-www-form-urlencoded",
        headers=given,
    )


@cache
def _client() -> Client:
    """One for all: it reads the middleware and the static files when it is first used."""
    return Client(enforce_csrf_checks=True, raise_request_exception=False)


def _a_token() -> str:
    return str(uuid4())
