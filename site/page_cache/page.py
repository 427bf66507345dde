"""A page as it is kept: what was answered, in the encodings that were asked for."""

import gzip
import hashlib
from collections.abc import Iterable
from functools import lru_cache
from threading import Lock

import brotli

from courses.freshness.pages import PRIVATE

Headers = list[tuple[str, str]]

# Of eleven: a page of 100 KB in 2 ms, and 3 percent larger than after 40 times as long.
BROTLI_QUALITY = 5
GZIP_LEVEL = 6
# Below, the frame of a compressed answer is more than it saves.
WORTH_COMPRESSING = 500
# Of one request (the server writes the date), of one encoding, or said anew here.
OWN_HEADERS = {"date", "x-request-id", "content-length", "content-encoding", "etag", "vary"}


class Page:
    """An answer with status 200. ``until`` is a moment of ``time.monotonic``.

    Compressed forms are made when first asked for, and kept.
    """

    __slots__ = ("_answers", "_headers", "_lock", "body", "etag", "keys", "until")

    def __init__(self, *, body: bytes, headers: Headers, keys: Iterable[str], until: float) -> None:
        self.body, self.keys, self.until = body, frozenset(keys), until
        # Weak: the same page, in whichever encoding.
        self.etag = f'W/"{hashlib.blake2b(body, digest_size=12).hexdigest()}"'
        self._headers = [pair for pair in headers if pair[0].lower() not in OWN_HEADERS]
        varies = [value for name, value in headers if name.lower() == "vary"]
        told = dict.fromkeys(", ".join([*varies, "Accept-Encoding"]).split(", "))
        self._headers += [("ETag", self.etag), ("Vary", ", ".join(told))]
        self._answers: dict[str, tuple[Headers, bytes]] = {"": self._made("", body)}
        self._lock = Lock()

    @property
    def size(self) -> int:
        """Bytes in memory, about: both compressed forms are reckoned before they are made."""
        return len(self.body) + len(self.body) // 2 + 4096

    def answer(self, encoding: str) -> tuple[Headers, bytes]:
        """Headers and body in ``encoding``: ``br``, ``gzip`` or empty."""
        if len(self.body) < WORTH_COMPRESSING:
            encoding = ""
        found = self._answers.get(encoding)
        if found is None:
            with self._lock:
                found = self._answers.get(encoding) or self._made(encoding, self.body)
                self._answers[encoding] = found
        return found

    @property
    def not_modified(self) -> Headers:
        return [pair for pair in self._headers if pair[0].lower() != "content-type"]

    @property
    def for_one(self) -> "Page":
        """The same for whoever asked, and for no cache on the way."""
        headers = privately(self._headers)
        return Page(body=self.body, headers=headers, keys=self.keys, until=self.until)

    def _made(self, encoding: str, body: bytes) -> tuple[Headers, bytes]:
        headers = list(self._headers)
        if encoding == "br":
            body = brotli.compress(body, quality=BROTLI_QUALITY, mode=brotli.MODE_TEXT)
        elif encoding == "gzip":
            body = gzip.compress(body, GZIP_LEVEL, mtime=0)
        if encoding:
            headers.append(("Content-Encoding", encoding))
        headers.append(("Content-Length", str(len(body))))
        return headers, body


def privately(headers: Headers) -> Headers:
    """``headers`` of an answer that is not kept here: nobody else may keep it either.

    It may hold what was meant for one visitor (a message, a token), and no change will purge it.
    """
    return [
        (name, PRIVATE if name.lower() == "cache-control" and "s-maxage" in value else value)
        for name, value in headers
        if name.lower() != "surrogate-key"
    ]


@lru_cache(maxsize=256)
def preferred_encoding(accepted: str) -> str:
    """Of what ``Accept-Encoding`` names, the smaller: ``br``, ``gzip`` or empty."""
    named = {}
    for part in accepted.lower().split(","):
        name, _, weight = part.partition(";")
        named[name.strip()] = weight.replace(" ", "") not in ("q=0", "q=0.0", "q=0.00", "q=0.000")
    return next((name for name in ("br", "gzip") if named.get(name)), "")
