"""The form that begins a course."""

from django import forms

from courses.models import StructureType


class NewCourseForm(forms.Form):
    title = forms.CharField(
        max_length=120,
        help_text="What a learner looks for. It can be changed until the course is released.",
    )
    structure_type = forms.ChoiceField(
        label="How it is arranged",
        choices=[
            (StructureType.HIERARCHICAL, "In chapters: for most courses"),
            (StructureType.FLAT, "Lessons only: for a short course"),
        ],
        initial=StructureType.HIERARCHICAL,
        widget=forms.RadioSelect,
        help_text="You can switch later.",
    )
