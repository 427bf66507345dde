"""What is sent: an address with a query, and a body of one kind or another."""

import random
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote_plus

from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart
from lxml import html

from .routes import Route
from .values import HUGE, as_json, hostile, hostile_json
from .world import World

METHODS = ["GET"] * 8 + ["POST"] * 12 + ["HEAD", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE"]
FORM = "application/x-www-form-urlencoded"
# What lists, searches, choosers, exports and pages of lists read from an address.
PARAMETERS = [
    "q", "p", "page", "o", "ordering", "sort", "cursor", "after", "search", "search_query",
    "term", "id", "ids", "childOf", "next", "next_url", "export", "page_type", "lft",
    "collection_id", "tag", "category", "level", "price", "language", "code", "locale", "user",
    "date_from", "timestamp_from", "timestamp_before", "latest_revision_created_at_from",
    "user__email", "fields", "limit", "offset", "child_of", "descendant_of", "type", "mode",
    "in_preview_panel", "usage_count_min", "w", "link_text", "link_url", "match_subclass",
    "multiple", "layout", "index", "object_id", "content_type", "purchased_at__gte", "is_active",
]  # fmt: skip


@dataclass
class Attempt:
    """One request of one kind of person, with all that is needed to send it again."""

    person: str
    method: str
    address: str
    body: bytes = b""
    content_type: str = FORM
    headers: dict[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        return (
            f"{self.person}: {self.method} {self.address[:300]} "
            f"({self.content_type[:60]}) {self.body[:600]!r} {self.headers}"
        )


class Composer:
    """Makes attempts, the same from the same seed."""

    def __init__(self, rng: random.Random, world: World) -> None:
        self.rng = rng
        self.world = world

    def address(self, route: Route) -> str:
        """With keys that fit, mostly; now and then with anything."""
        rng, values = self.rng, {}
        for key in route.keys:
            fitting = self.world.keys_like(key.split("@")[0])
            values[key] = rng.choice(fitting)
            if rng.random() < 0.12:
                values[key] = rng.choice(
                    [self.value(), HUGE, "987654", "0", rng.choice(self.world.all_keys)]
                )
        return route.address(values)

    def query(self) -> str:
        rng = self.rng
        if rng.random() < 0.5:
            return ""
        pairs = []
        for _ in range(rng.randrange(1, 5)):
            name = rng.choice(PARAMETERS)
            pairs += [(name, self.value())] * rng.choice([1, 1, 1, 1, 40])
        return "?" + "&".join(f"{name}={_quoted(value)}" for name, value in pairs)[:60_000]

    def attempt(self, person: str, route: Route, *, seen: dict[str, str]) -> Attempt:
        """``seen`` are the fields of the form that stands at the address, if one does."""
        rng = self.rng
        made = Attempt(person, rng.choice(METHODS), self.address(route))
        self.dress(made, seen)
        return made

    def dress(self, made: Attempt, seen: dict[str, str]) -> None:
        rng = self.rng
        made.address += self.query()
        if rng.random() < 0.2:
            made.headers["Accept"] = rng.choice(["application/json", "*/*;q=²", "text/html"])
        if rng.random() < 0.15:
            made.headers["HX-Request"] = "true"
        if rng.random() < 0.1:
            made.headers[rng.choice(["Referer", "Accept-Language", "Range", "X-Request-ID"])] = (
                rng.choice(["²", "bytes=0-²", "bytes=5-2,9-", "x" * 3000, "http://[::", "%00"])
            )
        if rng.random() < 0.1:
            made.headers["Cookie"] = rng.choice(["theme=²", "language=zz", "sessionid=%00", "=;=;"])
        if made.method not in ("GET", "HEAD", "TRACE", "OPTIONS"):
            made.body, made.content_type = self.body(seen)

    def body(self, seen: dict[str, str]) -> tuple[bytes, str]:
        rng, kind = self.rng, self.rng.randrange(12)
        if kind == 0:
            return b"", FORM
        if kind == 1:
            return b"\xff\xfe=\xed\xa0\x80&%=%&a=%ff&=&;;", FORM
        if kind == 2:
            return as_json(hostile_json(rng, self.world.all_keys)).encode(), "application/json"
        if kind == 3:
            return self.value().encode("utf-8", "surrogatepass"), "application/json"
        if kind == 4:
            return b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n--', (
                "multipart/form-data" + rng.choice(["", "; boundary=x", "; boundary=" + "y" * 300])
            )
        fields = self.fields(seen)
        if kind == 5:
            return _form(fields), rng.choice(
                ["application/json", "text/plain", "", "a/b; charset=²"]
            )
        if kind in (6, 7):
            data = dict(fields)
            if rng.random() < 0.4:
                data[rng.choice(["file", "files[]", "avatar", *data])] = Upload(
                    rng.choice(["a.png", "a.pdf", "a.vtt", "²", "a" * 300 + ".png"]),
                    rng.choice(
                        [b"", b"%PDF-1.4", b"\x89PNG\r\n\x1a\n", b"WEBVTT\n\n\xff", b"GIF89a"]
                    ),
                )
            return encode_multipart(BOUNDARY, data), MULTIPART_CONTENT
        return _form(fields), FORM

    def fields(self, seen: dict[str, str]) -> list[tuple[str, str]]:
        """The form as it stands with a few things wrong, or fields that nobody asked for."""
        rng = self.rng
        pairs = [(name, value) for name, value in seen.items() if rng.random() > 0.02]
        if not pairs or rng.random() < 0.1:
            names = [*PARAMETERS, *seen, "title", "action", "action-publish", "action-submit"]
            pairs = [(rng.choice(names), self.value()) for _ in range(rng.randrange(6))]
        for _ in range(rng.randrange(4)):
            if pairs:
                place = rng.randrange(len(pairs))
                pairs[place] = (pairs[place][0], self.value())
        if pairs and rng.random() < 0.2:
            pairs.append((rng.choice(pairs)[0], self.value()))
        return pairs

    def value(self) -> str:
        return hostile(self.rng, self.world.all_keys)


@dataclass
class Upload:
    """A file as ``encode_multipart`` asks for one."""

    name: str
    content: bytes
    content_type: str = "application/octet-stream"

    def read(self) -> bytes:
        return self.content


def fields_of(page: bytes) -> dict[str, str]:
    """The fields of the forms of an HTML page, with what stands in them."""
    if not page.strip():
        return {}
    try:
        root = html.fromstring(page)
    except (ValueError, html.etree.ParserError):
        return {}
    found: dict[str, str] = {}
    for field_ in root.iter("input", "select", "textarea", "button"):
        name: Any = field_.get("name")
        if name and name != "csrfmiddlewaretoken":
            options = field_.xpath("./option[@selected]/@value") or field_.xpath("./option/@value")
            found[name] = field_.get("value") or (options[0] if options else field_.text or "")
    return found


def _form(fields: list[tuple[str, str]]) -> bytes:
    return "&".join(f"{_quoted(name)}={_quoted(value)}" for name, value in fields).encode()


def _quoted(text: str) -> str:
    return quote_plus(text, errors="surrogatepass")
