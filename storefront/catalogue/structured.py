"""Structured data for search engines (schema.org), as JSON-LD."""

import json
from typing import Any

from django.utils.safestring import SafeString, mark_safe

from storefront.models import CatalogueEntry

# Inside a script element only these could end it or open a comment.
ESCAPES = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


def course_data(entry: CatalogueEntry, *, url: str, image: str, producer_url: str) -> SafeString:
    """``Course`` and ``Product`` in one object, with its offer and its rating.

    A course that is not sold has no offer; a producer without a page has no address.
    """
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": ["Course", "Product"],
        "@id": url,
        "url": url,
        "name": entry.title,
        "description": entry.subtitle or entry.title,
        "image": image,
        "inLanguage": entry.language,
        "provider": {"@type": "Organization", "name": "Perfomix"},
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
        stock = "OutOfStock" if entry.why_unpayable else "InStock"
        data["offers"] = {
            "@type": "Offer",
            "url": url,
            "price": str(entry.price),
            "priceCurrency": entry.currency,
            "category": "Free" if entry.is_free else "Paid",
            "availability": f"https://schema.org/{stock}",
        }
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
