"""The product, and beside it the references: plain Django with its usual middleware."""

import os
from collections.abc import Callable, Iterable
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.settings")

from django.core.handlers.wsgi import WSGIHandler
from django.test.utils import override_settings

from perfomix.wsgi import application as product

from .changing import CHANGES, change
from .references import PAGE

USUAL = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
HEADERS = [("Content-Type", "text/html"), ("Content-Length", str(len(PAGE)))]

with override_settings(MIDDLEWARE=USUAL):
    plain = WSGIHandler()


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    path = environ["PATH_INFO"]
    if not path.startswith("/bench/"):
        change()
        return product(environ, start_response)
    if path == "/bench/page":
        start_response("200 OK", HEADERS)
        return [PAGE]
    return plain(environ, start_response)


def at_once(environ: dict[str, Any]) -> tuple[int, list[tuple[str, str]], bytes] | None:
    """What needs no view: kept pages, unless they change before each answer, and the bytes."""
    if environ["PATH_INFO"] == "/bench/page":
        return 200, HEADERS, PAGE
    return None if CHANGES else product.at_once(environ)


application.at_once = at_once  # type: ignore[attr-defined]
application.prepare = product.prepare  # type: ignore[attr-defined]
