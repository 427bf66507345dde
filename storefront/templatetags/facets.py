"""A filter of the catalogue: ``{% load facets %}``."""

from django import template
from django.utils.safestring import SafeString

from courses.freshness.fragments import drawn
from storefront.catalogue.facets import Facet

register = template.Library()


@register.simple_tag
def facet_choices(facet: Facet) -> SafeString:
    """Its values to tick, each with how many courses it leaves. Drawn once for what it says."""
    return drawn(
        "storefront/catalogue/facet.html",
        name=facet.name,
        label=str(facet.label),
        single=facet.single,
        unfolded=facet.unfolded,
        has_choice=facet.has_choice,
        options=tuple(
            (one.value, str(one.label), one.count, one.chosen, one.at_least)
            for one in facet.options
        ),
    )
