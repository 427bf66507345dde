"""Wagtail's pages by their address.

Nearly all addresses that are asked for and not there belong to no page at all: of those Wagtail
would read the site, its first page and then, among all that is below it, the children.
"""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponseBase
from wagtail.models import Page
from wagtail.views import serve

from courses.statements.compiled import Compiled


def _named(slug: str) -> QuerySet[Any, Any]:
    return Page.objects.filter(slug=slug).order_by().values_list("pk")[:1]


NAMED = Compiled(_named, slug=str)


def serve_page(request: HttpRequest, path: str) -> HttpResponseBase:
    """The page at ``path``. One SQL where no page has such a name; raises Http404 then, too.

    Where one has, Wagtail's own road decides: it may be a draft, or somewhere else.
    """
    first = path.partition("/")[0]
    if first and not NAMED(slug=first):
        raise Http404("No page has this name.")
    return serve(request, path)
