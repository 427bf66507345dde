"""Structured data for search engines (schema.org), as JSON-LD."""

import json
from typing import Any

from django.utils.safestring import SafeString, mark_safe

from storefront.models import CatalogueEntry

# Inside a script element only these could end it or open a comment.
ESCAPES = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


def course_data(
    entry: CatalogueEntry,
    *,
    url: str,
    image: str,
    producer_url: str,
    seller: str,
    returns_url: str,
) -> SafeString:
    """``Course`` and ``Product`` in one object, with its offer and its rating.

    ``seller`` is who sells, ``returns_url`` the page that tells the rule for returns. A course
    that is not sold has no offer; a producer without a page has no address.
    """
    organization = {"@type": "Organization", "name": seller}
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": ["Course", "Product"],
        "@id": url,
        "url": url,
        "name": entry.title,
        "description": entry.subtitle or entry.title,
        "image": image,
        "inLanguage": entry.language,
        "provider": organization,
        "author": {"@type": "Person", "name": entry.producer_name},
        "hasCourseInstance": {
            "@type": "CourseInstance",
            "courseMode": "Online",
            "courseWorkload": f"PT{entry.minutes}M",
        },
    }
    if producer_url:
        data["author"]["url"] = producer_url
    if entry.listed:
        data["offers"] = _offer(entry, url, organization, returns_url)
    if entry.category:
        data["about"] = entry.category.name
    if entry.rating_count:
        data["aggregateRating"] = {
            "@type": "AggregateRating",
            "ratingValue": str(entry.rating),
            "ratingCount": entry.rating_count,
            "bestRating": 5,
        }
    return mark_safe(json.dumps(data, ensure_ascii=False).translate(ESCAPES))


def _offer(
    entry: CatalogueEntry, url: str, seller: dict[str, str], returns_url: str
) -> dict[str, Any]:
    stock = "OutOfStock" if entry.why_unpayable else "InStock"
    offer: dict[str, Any] = {
        "@type": "Offer",
        "url": url,
        "seller": seller,
        "price": str(entry.price),
        "priceCurrency": entry.currency,
        "category": "Free" if entry.is_free else "Paid",
        "availability": f"https://schema.org/{stock}",
    }
    if not entry.is_free:
        # A link and no figures: schema.org has no words for a share that was studied, and
        # days without that condition would promise more than the rule does.
        offer["hasMerchantReturnPolicy"] = {
            "@type": "MerchantReturnPolicy",
            "merchantReturnLink": returns_url,
        }
    return offer
