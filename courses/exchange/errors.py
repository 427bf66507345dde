"""What may keep an archive from becoming a course."""

from courses.errors import CourseError


class ImportRefused(CourseError):
    """The archive cannot become a course. The message is one sentence for the person importing."""

    code = "import_refused"
