"""A form that was refused has the focus where it is to be mended.

By the attribute alone, so that it needs no script.
"""

from django import template
from django.forms import BoundField

register = template.Library()


@register.filter
def is_mended_first(field: BoundField) -> bool:
    """Whether it is the first field with a mistake, and nothing is wrong with the form as a whole.

    What is wrong with the whole is said above the fields, and has the focus then.
    """
    form = field.form
    if not form.is_bound or form.non_field_errors():
        return False
    return next((each.name for each in form.visible_fields() if each.errors), "") == field.name


@register.filter
def with_focus(field: BoundField) -> str:
    """The field as it is written, with the focus if it is the first to be mended."""
    return field.as_widget(attrs={"autofocus": True}) if is_mended_first(field) else str(field)
