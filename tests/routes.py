"""Every address of the site, as its resolver knows it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, get_resolver


@dataclass(frozen=True)
class Route:
    name: str  # with its namespaces, such as "studio:team"; of a nameless one nothing
    written: str
    parameters: frozenset[str]
    view: Callable[..., Any]


def routes(resolver: Any = None, before: str = "", inside: tuple[str, ...] = ()) -> Iterator[Route]:
    """In the order in which they are tried."""
    for pattern in (resolver or get_resolver()).url_patterns:
        written = before + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            named = {*pattern.pattern.converters, *pattern.pattern.regex.groupindex}
            name = ":".join([*inside, pattern.name]) if pattern.name else ""
            yield Route(name, written, frozenset(named), pattern.callback)
        else:
            spaces = (*inside, pattern.namespace) if pattern.namespace else inside
            yield from routes(pattern, written, spaces)
