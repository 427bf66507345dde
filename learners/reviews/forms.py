"""A review as it is written."""

from django import forms

from learners.models import Review


class ReviewForm(forms.Form):
    """Stars and words for a course one studies."""

    rating = forms.TypedChoiceField(
        coerce=int,
        choices=[(n, f"{n} star" if n == 1 else f"{n} stars") for n in range(5, 0, -1)],
        widget=forms.RadioSelect,
        label="Your rating",
        error_messages={"required": "Give one to five stars."},
    )
    content = forms.CharField(
        label="Your review",
        required=False,
        max_length=Review._meta.get_field("content").max_length,
        widget=forms.Textarea(attrs={"rows": 7}),
        help_text="What you can do now, what was hard, for whom it is. Your name stands beside it.",
    )
