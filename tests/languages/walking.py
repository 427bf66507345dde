"""Walking the site by its links, as one person, and meeting each kind of page once."""

import re
from collections.abc import Iterator
from urllib.parse import urljoin, urlsplit

from bs4 import BeautifulSoup
from django.test import Client
from django.urls import Resolver404, resolve

HOST = "http://testserver"
# Ends the session, changes the language, is no page, or shows the interface's own parts.
ASIDE = re.compile(
    r"/logout/|/language/|/static/|/media/|/documents/|/covers/|/mailbox|/styleguide|/sprite|"
    r"/jsi18n|stripesim|export="
)


def walk(client: Client, *starts: str) -> Iterator[tuple[str, BeautifulSoup]]:
    """(address, page) of every kind of HTML page that links lead to from ``starts``.

    Two addresses are of one kind when one view answers them for one model and with the same
    names in the query: of a thousand lessons the walk meets one. Redirects are followed.
    """
    waiting, met = [*starts], set()
    while waiting:
        address = waiting.pop(0)
        kind = _kind(address)
        if kind is None or kind in met:
            continue
        met.add(kind)
        response = client.get(address, headers={"Accept": "text/html"})
        if response.status_code in (301, 302):
            waiting.insert(0, _local(urljoin(HOST + address, response["Location"])))
        elif response.headers["Content-Type"].startswith("text/html"):
            page = BeautifulSoup(response.content, "html.parser")
            waiting += [_local(urljoin(HOST + address, link)) for link in _links(page)]
            yield address, page


def _links(page: BeautifulSoup) -> Iterator[str]:
    """What can be clicked: links, and the entries of Wagtail's menu, which a script draws."""
    yield from (link["href"] for link in page.find_all("a", href=True))
    menu = page.find(id="wagtail-sidebar-props")
    yield from re.findall(r'"url": "(/[^"]*)"', menu.get_text() if menu else "")


def _local(address: str) -> str:
    """Path and query on this site; empty for another site."""
    address = address.partition("#")[0]
    return address.removeprefix(HOST) if address.startswith(f"{HOST}/") else ""


def _kind(address: str) -> tuple | None:
    parts = urlsplit(address)
    if not address or ASIDE.search(address):
        return None
    try:
        match = resolve(parts.path)
    except Resolver404:
        return None
    about = [match.kwargs.get(name) for name in ("app_label", "model_name")]
    names = tuple(sorted(re.findall(r"(\w+)=", parts.query)))
    if parts.path.startswith("/admin/"):
        names = names[:1]  # filters of one list go together in hundreds of ways
    # Every page below the root has one view; its depth tells them apart.
    depth = parts.path.count("/") if match.view_name == "wagtail_serve" else 0
    return match.view_name, *about, names, depth
