"""Pages and their parts: asked as htmx asks, and compared element by element."""

import re

from bs4 import BeautifulSoup

HTMX = {"HX-Request": "true"}
# New each time a page is made, and no part of what it says.
TOKENS = re.compile(r'(name="(?:csrfmiddlewaretoken|token)"[^>]*?value=)"[\w-]+"')


def parts_of(response) -> dict[str, str]:
    """The parts in an answer to htmx, by id, without their tokens; the box of messages apart."""
    soup = BeautifulSoup(TOKENS.sub(r'\1""', response.text), "html.parser")
    assert soup.html is None, "a whole page came instead of its parts"
    found = soup.find_all(attrs={"hx-swap-oob": "true"})
    return {element["id"]: str(element) for element in found}


def same_parts_in(response, names) -> dict[str, str]:
    """The elements of these ids in a whole page."""
    soup = BeautifulSoup(TOKENS.sub(r'\1""', response.text), "html.parser")
    assert soup.html is not None, "no whole page came"
    return {name: str(soup.find(id=name)) for name in names}


def messages_in(response) -> list[str]:
    """What just happened, as a page or its parts say it."""
    soup = BeautifulSoup(response.text, "html.parser")
    for beside in soup(["template", "button"]):
        beside.decompose()
    return [
        " ".join(message.get_text().split())
        for message in soup.select(".toast > p, .messages > ul > li, ul[hx-swap-oob] > li")
    ]


def forms_that_swap(response) -> list[tuple[str, str]]:
    """(verb and address for htmx, verb and address without scripts) of forms and links."""
    soup = BeautifulSoup(response.text, "html.parser")
    pairs = []
    for element in soup.select("[hx-post], [hx-get]"):
        verb = "post" if element.has_attr("hx-post") else "get"
        plain = element.get("action") or element["href"].split("#")[0]
        pairs.append((f"{verb} {element['hx-' + verb]}", f"{element.get('method', 'get')} {plain}"))
    return pairs
