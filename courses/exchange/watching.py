"""Somebody who follows an import, and may end it."""

from courses.models import CoursePage

from .archive import Archive
from .neutral import ImportedCourse
from .report import Report


class Watcher:
    """Told of each step; whatever it raises ends the import, and nothing is left of it."""

    def opened(self, archive: Archive, format_name: str) -> None:
        """The archive is fit, and of a format that is read."""

    def found(self, course: ImportedCourse) -> None:
        """All of it was read, and nothing is written yet."""

    def wrote(self, lessons: int) -> None:
        """So many lessons are written, in a transaction that is still open."""

    def built(self, course: CoursePage, report: Report) -> None:
        """Everything is; still in that transaction."""
