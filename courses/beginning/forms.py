"""The forms that begin a course."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from courses.models import CoursePage, StructureType

from .templates import TEMPLATES

EMPTY = "empty"


class NewCourseForm(forms.Form):
    """``start`` is ``EMPTY`` or the name of a template, which has a structure of its own."""

    title = forms.CharField(
        label=_("Title"),
        max_length=CoursePage._meta.get_field("title").max_length,
        help_text=_("What a learner looks for. It can be changed until the course is released."),
    )
    start = forms.ChoiceField(
        label=_("Start from"),
        choices=[(EMPTY, _("An empty course")), *((one.name, one.title) for one in TEMPLATES)],
        initial=EMPTY,
        required=False,
    )
    structure_type = forms.ChoiceField(
        label=_("How it is arranged"),
        choices=[
            (StructureType.HIERARCHICAL, _("In chapters: for most courses")),
            (StructureType.FLAT, _("Lessons only: for a short course")),
        ],
        initial=StructureType.HIERARCHICAL,
        required=False,
        widget=forms.RadioSelect,
        help_text=_("You can switch later."),
    )

    def clean_start(self) -> str:
        return self.cleaned_data["start"] or EMPTY

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        is_asked = "structure_type" not in self.errors and cleaned.get("start") == EMPTY
        if is_asked and not cleaned.get("structure_type"):
            self.add_error("structure_type", _("Choose how it is arranged."))
        return cleaned


class CopyForm(forms.Form):
    """``course`` is the key of one; whether it is the person's says the verb."""

    course = forms.IntegerField(
        label=_("Course"),
        min_value=1,
        max_value=2**31 - 1,
        error_messages={"required": _("Choose the course to copy.")},
    )
