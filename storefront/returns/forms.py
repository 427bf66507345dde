"""What a buyer says with a return, and what an admin answers."""

from django import forms
from django.utils.translation import gettext_lazy as _

from storefront.models.returns import MOST_ANSWER, MOST_WORDS
from storefront.seller.returning import ReturnOutcome


class ReturnForm(forms.Form):
    """What is posted. ``agreed`` is what the page said would happen."""

    words = forms.CharField(required=False, max_length=MOST_WORDS)
    agreed = forms.TypedChoiceField(
        choices=[(outcome.value, outcome.value) for outcome in ReturnOutcome],
        coerce=ReturnOutcome,
        widget=forms.HiddenInput,
    )


class ReturnAtOnceForm(ReturnForm):
    words = forms.CharField(
        label=_("What was not right for you?"),
        required=False,
        max_length=MOST_WORDS,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("You need not say. A sentence helps us."),
    )


class AskForReturnForm(ReturnForm):
    words = forms.CharField(
        label=_("Why would you like to return it?"),
        max_length=MOST_WORDS,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("A person reads this and decides."),
        error_messages={"required": _("Say in a sentence why you would like to return it.")},
    )


class ReturnDecisionForm(forms.Form):
    answer = forms.CharField(
        label=_("Answer"),
        required=False,
        max_length=MOST_ANSWER,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_(
            "The buyer reads it, word for word. It is needed to decline; with the money it may "
            "stay empty."
        ),
    )
