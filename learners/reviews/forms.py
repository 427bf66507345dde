"""A review as it is written."""

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from learners.models import Review


class ReviewForm(forms.Form):
    """Stars and words for a course one studies."""

    rating = forms.TypedChoiceField(
        coerce=int,
        choices=[
            (n, format_lazy(ngettext_lazy("{count} star", "{count} stars", n), count=n))
            for n in range(5, 0, -1)
        ],
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
