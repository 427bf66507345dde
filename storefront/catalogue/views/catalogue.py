"""The catalogue: search, filters, order and pages, all in the address."""

from dataclasses import replace

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from courses.errors import CursorError
from courses.freshness import keys
from courses.freshness.pages import public_page, shows
from courses.models import Category
from courses.wording.apart import apart
from storefront.catalogue.browsing import PARAMETERS, CatalogueQuery, answer, read_query
from storefront.catalogue.categories import the_categories
from storefront.catalogue.facets import FACETS
from storefront.catalogue.search import did_you_mean
from storefront.catalogue.selectors import named_producers
from storefront.models import CatalogueEntry

CLOSE_BY = 3  # one row


@require_safe
@public_page(knows=PARAMETERS)
def catalogue(request: HttpRequest) -> HttpResponse:
    """``/courses/?q=map&category=science&level=beginner&price=paid&sort=newest&at=…``.

    At most 6 SQL beside session and user: subjects, stems, counts, the page; when nothing is
    found also words that are spelt alike and courses close by. Where producers are chosen, their
    names besides.
    """
    shows(request, keys.CATALOGUE, keys.SUBJECTS, keys.SYNONYMS, keys.SETTINGS)
    categories = list(the_categories())
    producers = named_producers(request.GET.getlist("producer"))
    query = read_query(request.GET, categories=categories, producers=producers)
    here = reverse("storefront:catalogue")
    try:
        found = answer(query, categories=categories, cursor=request.GET.get("at", ""))
    except CursorError:
        # An address that was cut short still says what was asked: start at its first page.
        return HttpResponseRedirect(here + query.querystring())
    facets = [facet for facet in found.counted.facets if facet.narrows(found.counted.total)]
    context = {
        "section": "catalogue",
        "search_query": query.text,
        "question": query,
        "entries": found.page.rows,
        "total": found.counted.total,
        "more": found.counted.more,
        "facets": facets,
        "told_facets": tuple(facet.told for facet in facets),
        "chips": _chips(query, categories, here),
        "sorts": query.sorts,
        "several_currencies": query.sort == "price" and found.counted.currencies > 1,
        "heading": _heading(query, categories),
        "promise": _promise(query, categories),
        "trail": _trail(query, categories, here),
        "clear_href": here + CatalogueQuery(text=query.text).querystring(),
        "newer": found.page.before and here + query.querystring(at=found.page.before),
        "best": found.best,  # how many of more are put in order by how well they answer
        "popular_href": here + replace(query, sort="popular").querystring(),
        "older": found.page.after and here + query.querystring(at=found.page.after),
        "canonical": request.build_absolute_uri(_canonical(query, here)),
        # Only whole shelves belong into search engines, not every combination of filters.
        "robots": "noindex, follow" if _is_narrow(query) else "",
    }
    if not found.counted.total and query.text:
        context["suggestion"] = suggestion = did_you_mean(query.text)
        context["suggestion_href"] = here + CatalogueQuery(text=suggestion).querystring()
    if not found.counted.total:
        popular = CatalogueEntry.objects.filter(listed=True).select_related("category")
        context["close_by"] = popular.defer(*CatalogueEntry.UNSHOWN).order_by("-students", "-pk")[
            :CLOSE_BY
        ]
    return render(request, "storefront/catalogue/catalogue.html", context)


def _chips(
    query: CatalogueQuery, categories: list[Category], here: str
) -> tuple[tuple[str, str], ...]:
    """What is chosen, as text and the address without it."""
    chips = []
    if query.text:
        rest = CatalogueQuery(chosen=query.chosen)
        chips.append((f"“{apart(query.text)}”", here + rest.querystring()))
    for name, values in query.chosen.items():
        labels = FACETS[name].labels(categories, query.producers)
        for value in values:
            text = labels[value]
            match name:
                case "rating":
                    text = _("Rated %(rating)s") % {"rating": text}
                case "captions":
                    text = _("Captions: %(language)s") % {"language": text}
                case "certificate":
                    text = _("Certificate for: %(proof)s") % {"proof": text}
                case "producer":
                    text = apart(text)
            chips.append((text, here + query.without(name, value).querystring()))
    return tuple(chips)


def _only_category(query: CatalogueQuery, categories: list[Category]) -> Category | None:
    slugs = query.chosen["category"]
    if query.text or len(slugs) != 1:
        return None
    return next(category for category in categories if category.slug == slugs[0])


def _heading(query: CatalogueQuery, categories: list[Category]) -> str:
    if query.text:
        return _("Courses on “%(words)s”") % {"words": apart(query.text)}
    category = _only_category(query, categories)
    return category.name if category else _("Courses")


def _promise(query: CatalogueQuery, categories: list[Category]) -> str:
    """One sentence about this shelf, for search engines."""
    category = _only_category(query, categories)
    if category:
        return _(
            "Courses in %(subject)s by people who do the work, each one reviewed before it "
            "opens. Read open lessons first, buy once, keep it."
        ) % {"subject": category.name}
    return _(
        "Courses by people who do the work, each one reviewed before it opens. Read open "
        "lessons first, buy once, keep it."
    )


def _trail(
    query: CatalogueQuery, categories: list[Category], here: str
) -> tuple[tuple[str, str], ...]:
    category = _only_category(query, categories)
    if category:
        return ("/", _("Home")), (here, _("Courses")), ("", category.name)
    return ("/", _("Home")), ("", _("Courses"))


def _is_narrow(query: CatalogueQuery) -> bool:
    chosen = [name for name, values in query.chosen.items() if values]
    return bool(query.text) or chosen not in ([], ["category"])


def _canonical(query: CatalogueQuery, here: str) -> str:
    """The whole catalogue, or one subject: sorts, filters and pages are views of these."""
    slugs = query.chosen["category"]
    if query.text or len(slugs) != 1:
        return here
    return here + CatalogueQuery(chosen={"category": slugs}).querystring()
