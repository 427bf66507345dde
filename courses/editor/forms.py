"""The form that begins a course."""

from django import forms
from django.utils.translation import gettext_lazy as _

from courses.models import CoursePage, StructureType


class NewCourseForm(forms.Form):
    title = forms.CharField(
        label=_("Title"),
        max_length=CoursePage._meta.get_field("title").max_length,
        help_text=_("What a learner looks for. It can be changed until the course is released."),
    )
    structure_type = forms.ChoiceField(
        label=_("How it is arranged"),
        choices=[
            (StructureType.HIERARCHICAL, _("In chapters: for most courses")),
            (StructureType.FLAT, _("Lessons only: for a short course")),
        ],
        initial=StructureType.HIERARCHICAL,
        widget=forms.RadioSelect,
        help_text=_("You can switch later."),
    )
