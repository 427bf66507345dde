"""For templates that tell of submissions."""

from django import template

from courses.moderation.wording import kind_of_submission

register = template.Library()
register.filter(kind_of_submission)
