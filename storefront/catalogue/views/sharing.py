"""Serves the picture that other sites show beside a link to a course."""

from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from storefront.catalogue.sharing import share_card as drawn
from storefront.catalogue.sharing import share_card_version
from storefront.models import CatalogueEntry

KEPT = 24 * 60 * 60  # seconds


@require_safe
def share_card(request: HttpRequest, slug: str) -> HttpResponse:
    """``/courses/<slug>/card.png?v=<version>``, for courses on sale; 404 for all others.

    Drawn once a day and version; browsers and caches may keep the named version for ever.
    """
    entry = (
        CatalogueEntry.objects.select_related("category")
        .defer(*CatalogueEntry.UNSHOWN)
        .filter(course__slug=slug, listed=True)
        .first()
    )
    if entry is None:
        raise Http404("No such course.")
    version = share_card_version(entry)
    key = f"share-card:{entry.uuid}:{version}"
    picture = cache.get_or_set(key, lambda: drawn(entry), KEPT)
    response = HttpResponse(picture, content_type="image/png")
    lasting = request.GET.get("v") == version
    response["Cache-Control"] = (
        "public, max-age=31536000, immutable" if lasting else f"public, max-age={KEPT}"
    )
    return response
