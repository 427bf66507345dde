"""Forms behind the editor of courses, chapters and lessons."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext as _
from wagtail.admin.forms.pages import CopyForm, WagtailAdminPageForm
from wagtail.models import Page

from courses.checks.readiness import Problem
from courses.checks.reading import CheckedDraft, check_draft
from courses.drafts.structure import refusal_to_switch
from courses.isolation.foreign_ids import references, refusals
from courses.isolation.posted_ids import PostedIds


class TaughtPageForm(WagtailAdminPageForm):
    """Refuses ids of pages, images and documents that the person may not choose.

    Wagtail builds it for saving, for autosaving and for previews alike.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.references_before: set[tuple[type, str]] | None = None
        self.foreign_ids: list[str] = []
        if self.is_bound and self.for_user is not None:
            self.references_before = references(self.instance)
            self.data, self.foreign_ids = PostedIds(self).without_foreign(
                user=self.for_user, allowed=self.references_before
            )

    def clean(self) -> dict[str, Any]:
        cleaned_data: dict[str, Any] = super().clean()
        for sentence in self.foreign_ids:
            self.add_error(None, sentence)
        if self.has_error("slug"):
            del self._errors["slug"]
            self.add_error(
                "slug",
                _("Another page here already has this address. Add a word to make it different."),
            )
        return cleaned_data

    def _post_clean(self) -> None:
        """Looks once more, at what would be saved, whatever way it came in by."""
        super()._post_clean()
        if self.references_before is None or self.foreign_ids:
            return
        for sentence in refusals(
            before=self.references_before, after=references(self.instance), user=self.for_user
        ):
            self.add_error(None, sentence)


class BoundedCopyForm(CopyForm):
    """Wagtail's takes names of any length, which the copy then cannot keep."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, column in (("new_title", "title"), ("new_slug", "slug")):
            most = Page._meta.get_field(column).max_length
            field = self.fields[name]
            field.max_length = most
            field.validators.append(MaxLengthValidator(most))
            field.widget.attrs["maxlength"] = str(most)


class CoursePageForm(TaughtPageForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "category" in self.fields:
            self.fields["category"].empty_label = _("Choose a category")

    def clean_structure_type(self) -> str:
        structure: str = self.cleaned_data["structure_type"]
        complaint = refusal_to_switch(self.instance, structure)
        if complaint:
            raise forms.ValidationError(complaint)
        return structure

    # The whole course, read once: pinning takes it from here a moment later.
    checked: CheckedDraft | None = None

    @property
    def problems(self) -> Sequence[Problem]:
        """What stands between the draft and a moderator, once a submission was refused."""
        return self.checked.problems if self.checked else ()

    def _post_clean(self) -> None:
        super()._post_clean()
        if {"action-submit", "action-restart-workflow"} & set(self.data):
            self.checked = check_draft(self.instance)

    def is_valid(self) -> bool:
        """Not while something is to mend; the review panel says what, and nothing else does."""
        return super().is_valid() and not self.problems
