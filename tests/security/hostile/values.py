"""Values that are numbers, texts and structures to the eye only."""

import json
import random

HUGE = "9" * 30
NUMBERS = [
    "0", "1", "2", "-1", "²", "٣", "1_000", " 7 ", "1.5", "1e9", "NaN", "Infinity", "0x1f",
    "99999999", "2147483648", "9223372036854775808", HUGE, "9" * 5000,
]  # fmt: skip
DATES = [
    "2026-02-30", "2026-13-01", "0000-00-00", "9999-12-31T23:59:59", "10000-01-01", "1-1-1",
    "2026-01-01T00:00:00+99:99", "2026-W60", "30/02/2026",
]  # fmt: skip
WORDS = [
    "", " ", "a", "null", "None", "undefined", "true", "on", "all", "title", "-title", "root",
    "'; --", '"', "%", "%s", "\\", "../../etc/passwd", "<script>alert(1)</script>", "{{ 7*7 }}",
    "🧵", "ﷺ", "\u202e", "a" * 300, "word " * 200, "x" * 20_000, "\x00", "a\x00b", "\r\nX: y",
    "https://example.org/", "javascript:alert(1)", "//example.org", "a@b.c", "courses.coursepage",
    f"a@{'b' * 60}.{'c' * 60}.{'d' * 60}.{'e' * 60}.{'f' * 40}.example",
    "wagtailcore.page", "learners.user", "en", "EUR", "approve", "pay", "csv", "xlsx",
]  # fmt: skip
STRUCTURES = [
    "[]", "{}", "[[]]", "[1]", '"a"', '{"a": 1}', '{"blocks": 3}', '{"blocks": [{}]}',
    '{"blocks": [{"text": "a", "type": "unordered-list-item", "depth": 99999999}]}',
    '{"blocks": [{"text": "a", "entityRanges": [{"key": 9, "offset": 0, "length": 1}]}]}',
    '{"blocks": [], "entityMap": {"0": {"type": "LINK", "data": {}}}}',
    '{"blocks": [{"text": "\\ud800"}]}', '{"blocks": [{"text": "\\u0000"}]}', "{", "NaN",
    "[" * 2000, "[" * 100_000,
]  # fmt: skip


def hostile(rng: random.Random, known: list[str]) -> str:
    """A value of any kind; ``known`` are keys of rows that exist."""
    return rng.choice(rng.choice((NUMBERS, DATES, WORDS, STRUCTURES, known)))


def hostile_json(rng: random.Random, known: list[str], *, depth: int = 0):
    """A JSON value with anything in it."""
    kind = rng.randrange(8 if depth < 3 else 6)
    if kind == 0:
        return rng.choice([None, True, False, 0, -1, 1.5, 2**70, 1e308])
    if kind < 6:
        return hostile(rng, known)
    if kind == 6:
        return [hostile_json(rng, known, depth=depth + 1) for _ in range(rng.randrange(4))]
    return {
        hostile(rng, known)[:20]: hostile_json(rng, known, depth=depth + 1)
        for _ in range(rng.randrange(4))
    }


def as_json(value) -> str:
    return json.dumps(value)
