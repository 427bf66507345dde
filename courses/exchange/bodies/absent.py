"""The note in a lesson of which nothing came along."""

from django.utils.translation import gettext as _

from courses.exchange.neutral import ABSENT, ImportedComponent, ImportedLesson, Note
from courses.exchange.words import escape, paragraph


def what_stood_here(lesson: ImportedLesson) -> Note:
    """The note of a lesson of which nothing came along."""
    if not lesson.components:
        return Note(paragraph(_("This lesson was empty in the original course.")), str(ABSENT))
    head = _("Nothing of this lesson could be brought along. The original course had here:")
    items = "".join(f"<li>{escape(_what_became(part))}</li>" for part in lesson.components)
    return Note(f"{paragraph(head)}<ul>{items}</ul>", str(ABSENT))


def _what_became(component: ImportedComponent) -> str:
    # Translators: a part of a lesson, and why it did not come along.
    titled, untitled = _("%(kind)s “%(title)s”: %(reasons)s"), _("%(kind)s: %(reasons)s")
    return (titled if component.title else untitled) % {
        "kind": component.kind,
        "title": component.title,
        "reasons": "; ".join(component.reasons),
    }
