"""The editor of a course in three tabs, and what stands in them."""

from typing import Any

from django.forms import Select, TextInput
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    FieldPanel,
    HelpPanel,
    MultiFieldPanel,
    ObjectList,
    Panel,
    TabbedInterface,
    TitleFieldPanel,
)

from courses.releases.selectors import last_word

from .comments import PlacedComments


class ReviewPanel(Panel):
    """Where the course stands with its reviewers, and what they or the checks asked for."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "courses/editor/review_panel.html"

        def get_context_data(self, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
            context: dict[str, Any] = super().get_context_data(parent_context)
            context["problems"] = getattr(self.form, "problems", ())
            context["release"] = last_word(self.instance) if self.instance.pk else None
            return context


class RetiredPanel(Panel):
    """Says that a chapter or lesson leaves the course, and takes it back."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "courses/editor/retired_panel.html"

        def is_shown(self) -> bool:
            return super().is_shown() and self.instance.pk is not None and self.instance.retired


def needed(help_text: Any) -> Any:
    """What is saved without this field is not submitted without it."""
    return format_lazy("{} {}", help_text, _("Needed to submit."))


def course_editor() -> TabbedInterface:
    what = ObjectList(
        [
            ReviewPanel(),
            # Not Wagtail's own class, which takes label and frame from it.
            TitleFieldPanel(
                "title",
                classname="course-title",
                placeholder=_("Sewing by hand"),
                help_text=_("What a learner looks for."),
            ),
            FieldPanel(
                "subtitle",
                help_text=needed(_("One sentence: what a learner can do afterwards.")),
            ),
            FieldPanel(
                "description",
                help_text=needed(_("What happens in the course, in a few paragraphs.")),
            ),
            # A short list to pick from; a chooser would open a room producers may not enter.
            FieldPanel(
                "category", widget=Select, help_text=needed(_("Where learners find the course."))
            ),
            FieldPanel(
                "tags",
                help_text=_("Words that somebody may search for. Each ends with a comma or Enter."),
            ),
            FieldPanel("thumbnail"),
            FieldPanel("structure_type"),
            FieldPanel(
                "slug",
                heading=_("Address"),
                help_text=_("The last part of the course's address."),
            ),
            PlacedComments(),
        ],
        heading=_("What it is"),
    )
    whom = ObjectList(
        [
            MultiFieldPanel(
                [FieldPanel("level"), FieldPanel("language")], heading=_("Level and language")
            ),
            FieldPanel(
                "what_you_will_learn",
                help_text=needed(
                    _("What a learner will be able to do. Three to eight lines read best.")
                ),
            ),
            FieldPanel("requirements"),
        ],
        heading=_("For whom"),
    )
    price = ObjectList(
        [
            FieldPanel("price"),
            FieldPanel("currency"),
            HelpPanel(
                format_lazy(
                    "<p>{}</p>",
                    _(
                        "A new price shows in the shop once a moderator has approved the course "
                        "with it. Whoever ordered before pays the price they saw."
                    ),
                )
            ),
        ],
        heading=_("Price"),
    )
    return TabbedInterface([what, whom, price])


def chapter_editor() -> TabbedInterface:
    """No slug: Wagtail makes one, and learners never see it.

    One tab, which is not shown (``editor.css``): Wagtail's scripts for comments ask for tabs.
    """
    only = ObjectList(
        [
            RetiredPanel(),
            FieldPanel(
                "title",
                widget=TextInput(attrs={"placeholder": _("The first garment")}),
                help_text=_("As it stands in the outline."),
            ),
            FieldPanel("description"),
            PlacedComments(),
        ],
        heading=_("Chapter"),
    )
    return TabbedInterface([only])


def lesson_editor() -> TabbedInterface:
    write = ObjectList(
        [
            RetiredPanel(),
            FieldPanel(
                "title",
                widget=TextInput(attrs={"placeholder": _("Sew the side seams")}),
                help_text=_("As it stands in the outline."),
            ),
            FieldPanel("body"),
            PlacedComments(),
        ],
        heading=_("Lesson"),
    )
    study = ObjectList(
        [
            FieldPanel("is_preview", icon="view"),
            FieldPanel("minutes"),
            FieldPanel("pass_mark"),
        ],
        heading=_("How it is studied"),
    )
    return TabbedInterface([write, study])
