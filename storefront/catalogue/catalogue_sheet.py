"""A page of the catalogue, as HTML: what stands between header and footer, for everybody the same.

Made without a request, so nothing in it can know who asks (decisions 0050 and 0056).
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from sys import getsizeof
from typing import Any

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString

from courses.freshness import keys
from courses.freshness.fragments import drawn
from courses.freshness.kept import FRAME, Drawn, Kept, Since
from courses.models import Category
from storefront.models import CatalogueEntry

from . import telling
from .browsing import CatalogueQuery, answer
from .indents import unindented
from .packed import Packed

Absolute = Callable[[str], str]

SHOWN = frozenset({keys.CATALOGUE, keys.SUBJECTS, keys.SYNONYMS, keys.SETTINGS})
CLOSE_BY = 3  # one row
# Bytes in each process: some three hundred choices of filters, and four hundred searches.
MOST = 8 * 1024 * 1024
MOST_OF_WORDS = 4 * 1024 * 1024


@dataclass(frozen=True)
class CatalogueSheet:
    """``head`` for machines, ``main`` for people."""

    heading: str
    head: SafeString
    main: Drawn

    @property
    def keys(self) -> frozenset[str]:
        return self.main.keys

    @property
    def size(self) -> int:
        return self.main.size + getsizeof(self.heading) + getsizeof(self.head) + FRAME


class _PackedSheet:
    """What answers a search: there are more of these than of filters, each asked less often."""

    def __init__(self, sheet: CatalogueSheet) -> None:
        self._heading, self._head, self.keys = sheet.heading, sheet.head, sheet.keys
        self._main = Packed(sheet.main.html)

    @property
    def size(self) -> int:
        return self._main.size + getsizeof(self._heading) + getsizeof(self._head) + 2 * FRAME

    def unpacked(self) -> CatalogueSheet:
        return CatalogueSheet(self._heading, self._head, Drawn(self._main.unpacked(), self.keys))


_sheets: Kept[CatalogueSheet] = Kept(MOST)
# Of their own: whoever searches for ever other words takes no filter's place.
_of_words: Kept[_PackedSheet] = Kept(MOST_OF_WORDS)
# To be called before anything is read that stands on a sheet.
mark = _sheets.mark


def catalogue_sheet(
    query: CatalogueQuery,
    *,
    categories: list[Category],
    cursor: str,
    absolute: Absolute,
    since: Since,
) -> CatalogueSheet:
    """What answers ``query``, from ``cursor`` on. Raises CursorError.

    A first page is kept, by what is asked, and costs no SQL then. Of later pages there are too
    many: each is made when it is asked for, by two SQL. When nothing is found, courses on words
    that are spelt alike are read besides, or courses close by.
    """
    make = partial(_make, query, categories=categories, cursor=cursor, absolute=absolute)
    key = (query.querystring(), absolute("/"))
    if cursor:
        return make()
    if not query.text:
        return _sheets(key, make, since=since)
    kept = _of_words.find(key)
    if kept is not None:
        return kept.unpacked()
    sheet = make()
    _of_words(key, lambda: _PackedSheet(sheet), since=since)
    return sheet


def _make(
    query: CatalogueQuery, *, categories: list[Category], cursor: str, absolute: Absolute
) -> CatalogueSheet:
    here = reverse("storefront:catalogue")
    main = _context(query, categories, cursor, here)
    heading = telling.heading(query, categories, mended=main["mended"])
    head = {
        "title": heading,
        "description": telling.promise(query, categories),
        "url": absolute(telling.canonical(query, here)),
        "robots": telling.robots(query),
    }
    main["heading"] = heading = telling.continued(heading) if main["newer"] else heading
    return CatalogueSheet(
        heading=heading,
        head=drawn("components/meta.html", **head),
        main=Drawn(unindented(render_to_string("storefront/catalogue/main.html", main)), SHOWN),
    )


def _context(
    query: CatalogueQuery, categories: list[Category], cursor: str, here: str
) -> dict[str, Any]:
    found = answer(query, categories=categories, cursor=cursor)
    total = found.counted.total
    facets = found.counted.shown
    context = {
        "question": query,
        "entries": found.page.rows,
        "total": total,
        "more": found.counted.more,
        "facets": facets,
        "told_facets": tuple(facet.told for facet in facets),
        "chips": telling.chips(query, categories, here),
        "sorts": query.sorts,
        "several_currencies": query.sort == "price" and found.counted.currencies > 1,
        "trail": telling.trail(query, categories, here),
        "all_producers": here + replace(query, names_all=True).querystring(),
        "clear_href": here + CatalogueQuery(text=query.text, exact=query.exact).querystring(),
        "newer": found.page.before and here + query.querystring(at=found.page.before),
        "best": found.best,  # how many of more are put in order by how well they answer
        "popular_href": here + replace(query, sort="popular").querystring(),
        "older": found.page.after and here + query.querystring(at=found.page.after),
        "mended": found.meant if found.is_mended else "",
        "exact_href": here + replace(query, exact=True).querystring(),
    }
    return context if total else {**context, **_instead(found.meant, here)}


def _instead(meant: str, here: str) -> dict[str, Any]:
    """Where nothing is found: what may have been meant, and courses that most people take."""
    popular = CatalogueEntry.objects.filter(listed=True).select_related("category")
    close_by = popular.defer(*CatalogueEntry.UNSHOWN).order_by("-students", "-pk")[:CLOSE_BY]
    return {
        "suggestion": meant,
        "suggestion_href": here + CatalogueQuery(text=meant).querystring(),
        "close_by": close_by,
    }
