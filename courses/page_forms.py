"""Forms behind the editor of courses, chapters and lessons. Read while the models are made."""

from django import forms
from wagtail.admin.forms.pages import WagtailAdminPageForm


class TaughtPageForm(WagtailAdminPageForm):
    """Refuses ids of pages, images and documents that the person may not choose.

    Wagtail builds it for saving, for autosaving and for previews alike.
    """

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.references_before = None
        if self.is_bound and self.for_user is not None:
            # Imported here: this module is read while the models are being made.
            from .foreign import references

            self.references_before = references(self.instance)

    def clean(self):
        cleaned_data = super().clean()
        if self.has_error("slug"):
            del self._errors["slug"]
            self.add_error(
                "slug",
                "Another page here already has this address. Add a word to make it different.",
            )
        return cleaned_data

    def _post_clean(self):
        super()._post_clean()
        if self.references_before is None:
            return
        from .foreign import references, refusals  # see __init__

        for sentence in refusals(
            before=self.references_before, after=references(self.instance), user=self.for_user
        ):
            self.add_error(None, sentence)


class CoursePageForm(TaughtPageForm):
    def clean_structure_type(self):
        from .structure import refusal_to_switch  # see TaughtPageForm

        structure = self.cleaned_data["structure_type"]
        complaint = refusal_to_switch(self.instance, structure)
        if complaint:
            raise forms.ValidationError(complaint)
        return structure
