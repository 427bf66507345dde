"""For the templates of the review."""

from django import template

register = template.Library()


@register.filter
def of(values: dict, key):
    """``values[key]``, or nothing."""
    return (values or {}).get(key, ())
