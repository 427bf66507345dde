"""What is suggested while somebody types into a search field: a part of a page, for everybody."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from courses.freshness import keys
from courses.freshness.pages import public_page, shows
from storefront.catalogue.suggesting import suggest


@require_safe
@public_page(knows=["q"])
def suggestions(request: HttpRequest) -> HttpResponse:
    """``/suggestions/?q=wat``: options of a list box. One SQL beside what is remembered."""
    shows(request, keys.CATALOGUE, keys.SUBJECTS, keys.SYNONYMS)
    context = {"found": suggest(request.GET.get("q", ""))}
    response = render(request, "storefront/catalogue/suggestions.html", context)
    response["X-Robots-Tag"] = "noindex"
    return response
