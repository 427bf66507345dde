"""The catalogue: search, filters, order and pages, all in the address."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from courses.errors import CursorError
from courses.freshness.pages import public_page, shows
from storefront.catalogue.browsing import PARAMETERS, read_query
from storefront.catalogue.catalogue_sheet import catalogue_sheet, mark
from storefront.catalogue.categories import the_categories
from storefront.catalogue.selectors import named_producers


@require_safe
@public_page(knows=PARAMETERS)
def catalogue(request: HttpRequest) -> HttpResponse:
    """``/courses/?q=map&category=science&level=beginner&price=paid&sort=newest&at=…``.

    At most 6 SQL beside session and user: subjects, stems, counts, the page; when nothing is
    found also words that are spelt alike and courses close by. Where producers are chosen, their
    names besides. A first page is kept: none but these names.
    """
    since = mark()
    categories = list(the_categories())
    producers = named_producers(request.GET.getlist("producer"))
    query = read_query(request.GET, categories=categories, producers=producers)
    try:
        sheet = catalogue_sheet(
            query,
            categories=categories,
            cursor=request.GET.get("at", ""),
            absolute=request.build_absolute_uri,
            since=since,
        )
    except CursorError:
        # An address that was cut short still says what was asked: start at its first page.
        return HttpResponseRedirect(reverse("storefront:catalogue") + query.querystring())
    shows(request, *sheet.keys)
    context = {"section": "catalogue", "search_query": query.text, "sheet": sheet}
    return render(request, "storefront/catalogue/catalogue.html", context)
