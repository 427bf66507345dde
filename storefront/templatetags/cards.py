"""A course on a shelf: ``{% load cards %}``."""

from django import template
from django.utils.safestring import SafeString

from courses.freshness.fragments import drawn
from storefront.models import CatalogueEntry

register = template.Library()


@register.simple_tag
def course_card(entry: CatalogueEntry, eager: bool = False) -> SafeString:
    """One link; with ``eager`` its picture is fetched at once. Drawn once for what it says."""
    return drawn(
        "components/course_card.html",
        slug=entry.slug,
        cover=entry.cover,
        cover_srcset=entry.cover_srcset,
        category=entry.category.name if entry.category else "",
        title=entry.marked.title if entry.marked else entry.title,
        line=entry.marked.line if entry.marked else "",
        language=entry.language,
        producer_name=entry.producer_name,
        is_new=entry.is_new,
        rating=entry.rating,
        rating_count=entry.rating_count,
        minutes=entry.minutes,
        level=entry.level_label,
        price=entry.price,
        currency=entry.currency,
        lazy=not eager,
    )
