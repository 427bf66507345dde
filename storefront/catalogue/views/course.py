"""The page that sells a course."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from courses.errors import CursorError
from courses.freshness import keys
from courses.freshness.links import addresses_in
from courses.freshness.pages import public_page, shows
from courses.models.team import may_teach
from courses.releases.outline import get_outline
from storefront.catalogue.contents import included
from storefront.catalogue.selectors import (
    ProducerFacts,
    course_reviews,
    more_like,
    producer_facts,
    rating_histogram,
    standing,
)
from storefront.catalogue.sharing import share_card_url
from storefront.catalogue.structured import course_data
from storefront.models import CatalogueEntry
from storefront.seller.current import seller_now


@require_safe
@public_page(knows=["reviews"])
def course(request: HttpRequest, slug: str) -> HttpResponse:
    """``/courses/<slug>/?reviews=<cursor>``: what was released, never the draft.

    A course that is not sold opens for those who bought or teach it. Everybody else gets a
    404 that says so, without a word of the course but its title.
    """
    # SQL: entry with course, category and producer; outline; reviews; histogram;
    # producer's figures; more like this: 6. Signed in: session, user, team, enrollment: 10.
    entry = (
        CatalogueEntry.objects.select_related("course", "category", "producer")
        .defer(*CatalogueEntry.UNSHOWN)
        .filter(course__slug=slug)
        .first()
    )
    if entry is None:
        raise Http404("No such course.")
    reader = standing(request.user, entry.pk)
    if not entry.listed and not reader.may_enter:
        return render(
            request, "storefront/catalogue/not_sold.html", {"course": entry.course}, status=404
        )
    here = reverse("storefront:course", args=[entry.slug])
    try:
        reviews = course_reviews(entry.pk, cursor=request.GET.get("reviews", ""))
    except CursorError:
        return HttpResponseRedirect(f"{here}#reviews")
    outline = get_outline(entry.pk)
    facts = producer_facts(entry.producer_id) if entry.producer_id else None
    more = more_like(entry)
    shows(request, keys.SUBJECTS, keys.SETTINGS, keys.producer(entry.producer_id))
    shows(request, keys.course(entry.pk), *keys.courses(other.pk for other in more))
    shows(request, *addresses_in(entry.course.description))
    context = {
        "entry": entry,
        "course": entry.course,
        "outline": outline,
        "included": included(outline),
        "reader": reader,
        "reviews": reviews.rows,
        "newer_reviews": reviews.before and f"{here}?reviews={reviews.before}#reviews",
        "older_reviews": reviews.after and f"{here}?reviews={reviews.after}#reviews",
        "histogram": rating_histogram(entry.pk),
        "producer_facts": facts,
        "producer_href": _producer_href(entry, facts),
        "producer_teaches": _teaches(entry),
        "more": more,
        "trail": _trail(entry),
        **_for_other_sites(request, entry, here, producer_href=_producer_href(entry, facts)),
    }
    return render(request, "storefront/catalogue/course.html", context)


def _teaches(entry: CatalogueEntry) -> bool:
    return entry.producer is not None and may_teach(entry.producer)


def _producer_href(entry: CatalogueEntry, facts: ProducerFacts | None) -> str:
    """The producer's page; empty where it would answer 404."""
    if not _teaches(entry) or facts is None or not facts.courses:
        return ""
    return reverse("storefront:producer", args=[entry.producer_id])


def _for_other_sites(
    request: HttpRequest, entry: CatalogueEntry, here: str, *, producer_href: str
) -> dict:
    """What search engines and links elsewhere show of the course; absolute addresses."""
    url = request.build_absolute_uri(here)
    image = request.build_absolute_uri(entry.cover_url or share_card_url(entry))
    producer_url = request.build_absolute_uri(producer_href) if producer_href else ""
    structured = course_data(
        entry,
        url=url,
        image=image,
        producer_url=producer_url,
        seller=seller_now().name,
        returns_url=request.build_absolute_uri("/refunds/"),
    )
    return {"canonical": url, "image": image, "structured": structured}


def _trail(entry: CatalogueEntry) -> list[tuple[str, str]]:
    shelf = reverse("storefront:catalogue")
    trail = [("/", _("Home")), (shelf, _("Courses"))]
    if entry.category:
        trail = [("/", _("Home")), (f"{shelf}?category={entry.category.slug}", entry.category.name)]
    return [*trail, ("", entry.title)]
