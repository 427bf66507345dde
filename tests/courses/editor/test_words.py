"""What the editor's forms, panels and lists say is marked, and turned late into a language."""

from django.forms import Field
from django.utils.functional import Promise
from wagtail.admin.panels import FieldPanel, HelpPanel, Panel, PanelGroup, TitleFieldPanel
from wagtail.log_actions import registry

from courses.beginning.forms import NewCourseForm
from courses.editor import hooks
from courses.editor.categories import CategoryViewSet
from courses.editor.explorer import OutlineFilterSet, OutlineView
from courses.editor.panels import chapter_editor, course_editor, lesson_editor


def panels_of(panel: Panel) -> list[Panel]:
    if not isinstance(panel, PanelGroup):
        return [panel]
    return [panel, *(found for child in panel.children for found in panels_of(child))]


def unmarked(words: list) -> list[str]:
    return [text for text in words if text and not isinstance(text, Promise)]


def test_headings_and_help_of_panels_are_marked():
    found = [
        one
        for editor in (course_editor, chapter_editor, lesson_editor)
        for one in panels_of(editor())
    ]
    said = [panel.heading for panel in found]
    said += [panel.help_text for panel in found]
    said += [panel.content for panel in found if isinstance(panel, HelpPanel)]
    said += [panel.placeholder for panel in found if isinstance(panel, TitleFieldPanel)]
    said += [
        panel.widget.attrs["placeholder"]
        for panel in found
        if isinstance(panel, FieldPanel) and getattr(panel.widget, "attrs", {}).get("placeholder")
    ]

    assert len([text for text in said if text]) >= 15
    assert unmarked(said) == []


def test_columns_filters_and_menu_are_marked():
    ours = [
        column.label for column in OutlineView.base_columns if column.name in ("kind", "minutes")
    ]
    filters = [one.label for one in OutlineFilterSet.declared_filters.values()]
    menu = [
        hooks.my_courses_item().label,
        hooks.home_item().label,
        CategoryViewSet.menu_label,
    ]
    formatter = registry.get_formatter(type("Entry", (), {"action": "courses.team"}))

    assert (len(ours), len(filters)) == (2, 2)
    assert unmarked([*ours, *filters, *menu, formatter.label, formatter.message]) == []


def test_the_form_that_begins_a_course_is_marked():
    fields: dict[str, Field] = NewCourseForm.base_fields
    said = [field.label for field in fields.values()]
    said += [field.help_text for field in fields.values()]
    said += [label for _, label in fields["structure_type"].choices]

    assert len(said) == 8
    assert unmarked(said) == []
