"""Every text of a course that was read, without what cannot be kept and must not be shown."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.exchange.neutral import ImportedComponent, ImportedCourse, change_texts
from courses.exchange.words import storable

from .secrets import REMOVED, Secrets

LOST_LETTERS = gettext_lazy("letters of it were lost before it was exported")
SECRET_REMOVED = gettext_lazy("a secret of the original course was taken out of its text")


def scrub(course: ImportedCourse, secrets: Secrets) -> None:
    change_texts(course, storable)
    for component in course.components:
        if _holds_lost_letters(component):
            component.degrade(LOST_LETTERS)
    found = False
    for component in course.components:
        if secrets.scrub(component):
            component.degrade(SECRET_REMOVED)
            found = True
    if secrets.scrub(course) or found:
        course.notes.append(
            _("Secrets found in texts were replaced by “%(mark)s”.") % {"mark": REMOVED}
        )


def _holds_lost_letters(component: ImportedComponent) -> bool:
    """Whether a letter in it was replaced by the sign for one that could not be read."""
    found = False

    def look(text: str) -> str:
        nonlocal found
        found |= "\ufffd" in text
        return text

    change_texts(component, look)
    return found
