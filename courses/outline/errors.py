"""What is refused because somebody else was first; nothing was written then."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from courses.errors import CourseError


class OutlineClash(CourseError):
    """Another person changed what this change is about.

    ``who`` is their name, empty when nobody knows; ``pages`` are the ids of the parts that it
    is about, ``title`` how one of them is called now.
    """

    code = "moved_meanwhile"

    def __init__(
        self, message: str, *, code: str, who: str = "", pages: Iterable[int] = (), title: str = ""
    ) -> None:
        super().__init__(message, code=code)
        self.who, self.pages, self.title = who, list(pages), title


def too_deep() -> CourseError:
    """The refusal for what would stand below the deepest place that the tree of pages has."""
    return CourseError(_("Nothing can stand as deep as that."), code="too_deep")
