"""What a reviewer says with a decision."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class ReleaseDecisionForm(forms.Form):
    """Both boxes of the page, whichever button was pressed: neither's words are lost."""

    comment = forms.CharField(
        required=False,
        max_length=2000,
        label=_("A word to the team, if you like"),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    note = forms.CharField(
        required=False,
        max_length=5000,
        label=_("What should change"),
        help_text=_("The whole team reads this in the editor and by mail."),
        widget=forms.Textarea(attrs={"rows": 5}),
    )

    def words(self, *names: str) -> str:
        """What was typed into these boxes, to be given back where they are no more."""
        typed = [self.data.get(self.add_prefix(name), "").strip() for name in names]
        return "\n\n".join(filter(None, typed))


class ChangesForm(ReleaseDecisionForm):
    """To send a submission back takes a note."""

    def clean_note(self) -> str:
        note: str = self.cleaned_data["note"]
        if not note:
            raise forms.ValidationError(
                _("Say what should change: the team reads your words."), code="required"
            )
        return note


class CommentForm(forms.Form):
    """About a lesson or a block of it; ``places`` are what may be chosen."""

    place = forms.ChoiceField(label=_("About"))
    text = forms.CharField(
        max_length=5000,
        label=_("Your comment"),
        help_text=_("The team reads it at once: by mail, and in the editor beside the block."),
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write something first.")},
    )

    def __init__(self, *args: Any, places: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        place = self.fields["place"]
        assert isinstance(place, forms.ChoiceField)
        place.choices = places
