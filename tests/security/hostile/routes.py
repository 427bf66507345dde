"""Every address of the URL resolver, as a form to be filled with values."""

from dataclasses import dataclass
from urllib.parse import quote

from django.urls import URLPattern, URLResolver, get_resolver
from django.utils.regex_helper import normalize


@dataclass(frozen=True)
class Route:
    """``form`` is "admin/pages/%(page_id)s/edit/"; ``keys`` are the names in it, in order."""

    name: str
    form: str
    keys: tuple[str, ...]

    def address(self, values: dict[str, str]) -> str:
        filled = {
            key: quote(values[key], safe="/:,|-_", errors="surrogatepass") for key in self.keys
        }
        return "/" + self.form % filled


def every_route() -> list[Route]:
    """In the order of the resolver; those of which a part cannot be written are not there."""
    return list(_walk(get_resolver().url_patterns, "", (), ""))


def _walk(patterns, form, keys, namespace):
    for pattern in patterns:
        for piece, names in normalize(pattern.pattern.regex.pattern)[:1]:
            # Names may come twice on a way; each gets a number of its own.
            renamed = {name: f"{name}@{len(keys) + n}" for n, name in enumerate(names)}
            whole = form + piece % {name: f"%({renamed[name]})s" for name in names}
            all_keys = (*keys, *renamed.values())
            if isinstance(pattern, URLResolver):
                inner = ":".join(filter(None, (namespace, pattern.namespace)))
                yield from _walk(pattern.url_patterns, whole, all_keys, inner)
            elif isinstance(pattern, URLPattern):
                name = ":".join(filter(None, (namespace, pattern.name or "")))
                yield Route(name or whole, whole, all_keys)
