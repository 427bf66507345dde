"""A review as it is written."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from learners.models import Review


def stars() -> list[tuple[int, str]]:
    """Five to one, in words."""
    return [(n, ngettext("%(n)s star", "%(n)s stars", n) % {"n": n}) for n in range(5, 0, -1)]


class ReviewForm(forms.Form):
    """Stars and words for a course one studies."""

    rating = forms.TypedChoiceField(
        coerce=int,
        choices=stars,
        widget=forms.RadioSelect,
        label=_("Your rating"),
        error_messages={"required": _("Give one to five stars.")},
    )
    content = forms.CharField(
        label=_("Your review"),
        required=False,
        max_length=Review._meta.get_field("content").max_length,
        widget=forms.Textarea(attrs={"rows": 7}),
        help_text=_(
            "What you can do now, what was hard, for whom it is. Your name stands beside it."
        ),
    )
