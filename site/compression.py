"""Answers as small as the browser can read them."""

import gzip
import re
import secrets
from typing import TypeGuard

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import patch_vary_headers
from django.utils.deprecation import MiddlewareMixin

TEXTS = ("text/", "application/json", "application/javascript", "application/xml", "image/svg+xml")
# Below, what compressing adds is more than it saves.
WORTH_IT = 200
# Of nine. These answers are made for one reader and sent once; gzip's usual six takes two to three
# times as long as three, and saves a twentieth to a tenth.
LEVEL = 3
# So many bytes are added by chance, at most.
CHANCE = 100
# What a header of gzip is long without a name, and where it says that there is one.
HEADER, FLAGS, HAS_NAME = 10, 3, 8
ACCEPTS_GZIP = re.compile(r"\bgzip\b")


class TextsCompressed(MiddlewareMixin):
    """Django's GZipMiddleware at a level of our own, for texts only: pictures and films are
    compressed already, and read by ranges.

    It makes every answer a little longer, by chance, so that its length tells nobody what stands
    in it (BREACH); tokens are masked anew in each answer by Django itself.
    """

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        if not _is_worth_it(response):
            return response
        patch_vary_headers(response, ["Accept-Encoding"])
        if not ACCEPTS_GZIP.search(request.META.get("HTTP_ACCEPT_ENCODING", "")):
            return response
        small = compressed(response.content)
        if len(small) >= len(response.content):
            return response
        response.content = small
        response.headers["Content-Length"] = str(len(small))
        response.headers["Content-Encoding"] = "gzip"
        if response.headers.get("ETag", "").startswith('"'):  # of the text, not of these bytes
            response.headers["ETag"] = f"W/{response.headers['ETag']}"
        return response


def compressed(text: bytes) -> bytes:
    """As gzip, and longer by a number of bytes that nobody can foretell."""
    body = gzip.compress(text, LEVEL, mtime=0)
    header = bytearray(body[:HEADER])
    header[FLAGS] |= HAS_NAME
    name = b"a" * secrets.randbelow(CHANCE) + b"\0"
    return bytes(header) + name + body[HEADER:]


def _is_worth_it(response: HttpResponseBase) -> TypeGuard[HttpResponse]:
    return (
        isinstance(response, HttpResponse)
        and response.headers.get("Content-Type", "").startswith(TEXTS)
        and not response.has_header("Content-Encoding")
        and len(response.content) >= WORTH_IT
    )
