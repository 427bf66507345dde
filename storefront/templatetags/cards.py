"""Courses on a shelf: ``{% load cards %}``."""

from collections.abc import Sequence

from django import template
from django.utils.safestring import SafeString, mark_safe

from courses.freshness.fragments import drawn
from courses.models import Level
from storefront.models import CatalogueEntry

register = template.Library()


@register.simple_tag
def course_cards(entries: Sequence[CatalogueEntry], eager: bool = False) -> SafeString:
    """A link each; with ``eager`` the picture of the first is fetched at once."""
    return mark_safe("".join(_card(entry, eager and not n) for n, entry in enumerate(entries)))


def _card(entry: CatalogueEntry, eager: bool) -> SafeString:
    """Drawn once for what it says."""
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
        level=entry.level,
        price=entry.price,
        currency=entry.currency,
        lazy=not eager,
    )


@register.filter
def level_label(level: str) -> str:
    """``beginner`` gives “Beginner”."""
    return str(Level(level).label)
