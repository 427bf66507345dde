"""The front page, but for where its reader stopped: made once, until something on it changes."""

from collections.abc import Callable
from dataclasses import dataclass
from sys import getsizeof
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from courses.freshness import keys
from courses.freshness.kept import FRAME, GAP, Drawn, Kept
from home.models import HomePage

from .contents import front_page
from .resuming import resume

# Bytes in each process: it is one page, in each language and for each clock.
MOST = 4 * 1024 * 1024

Absolute = Callable[[str], str]


@dataclass(frozen=True)
class FrontSheet:
    """``head`` for machines, ``main`` with a gap for where the reader stopped."""

    title: str
    head: SafeString
    main: Drawn
    is_open: bool  # to everybody, as Wagtail's own roads would find out

    @property
    def keys(self) -> frozenset[str]:
        return self.main.keys

    @property
    def size(self) -> int:
        return self.main.size + getsizeof(self.title) + getsizeof(self.head) + FRAME


_sheets: Kept[FrontSheet] = Kept(MOST)


def front_for(page: HomePage, request: HttpRequest) -> dict[str, Any]:
    """Context of ``home_page.html``. A preview shows ``page`` as it is drafted, and is not kept."""
    absolute = request.build_absolute_uri
    if getattr(request, "is_preview", False):
        return _around(_make(page, absolute), request)
    key = absolute("/")
    return _around(_sheets(key, lambda: _make(_as_published(page), absolute)), request)


def kept_front(request: HttpRequest) -> dict[str, Any] | None:
    """The same, when it is kept and nobody is shut out; of a visitor no SQL."""
    sheet = _sheets.find(request.build_absolute_uri("/"))
    return _around(sheet, request) if sheet and sheet.is_open else None


def _around(sheet: FrontSheet, request: HttpRequest) -> dict[str, Any]:
    user = request.user
    return {"sheet": sheet, "resume": resume(user) if user.is_authenticated else None}


def _as_published(page: HomePage) -> HomePage:
    """Read again: ``page`` was read before anybody asked what has changed since."""
    return HomePage.objects.get(pk=page.pk)


def _make(page: HomePage, absolute: Absolute) -> FrontSheet:
    context = {
        "page": page,
        "canonical": absolute("/"),
        "where_the_reader_stopped": GAP,
        **front_page(),
    }
    head = render_to_string("home/front/head.html", context)
    main = render_to_string("home/front/main.html", context)
    shown = [keys.page(page.pk), keys.CATALOGUE, keys.SUBJECTS, keys.SETTINGS]
    return FrontSheet(
        title=page.headline,
        head=head,
        main=Drawn(main, shown),
        is_open=not page.get_view_restrictions().exists(),
    )
