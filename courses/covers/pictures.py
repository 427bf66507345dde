"""The picture of a course: its thumbnail, else the cover drawn for it."""

from wagtail.images.exceptions import InvalidFilterSpecError
from wagtail.images.models import SourceImageIOError

from courses.covers.addresses import generated_cover_url
from courses.models import CoursePage

# The thumbnail at the size of a card. Prefetch these renditions where many courses are shown.
COVER_FILTER = "fill-960x540|format-webp"


def course_picture_url(course: CoursePage) -> str:
    """The address of what learners see of ``course``; its category is read."""
    pattern = course.category.pattern if course.category else ""
    return thumbnail_url(course) or generated_cover_url(seed=course.uuid, pattern=pattern)


def thumbnail_url(course: CoursePage) -> str:
    """The thumbnail's address; empty, so that a cover is drawn, without one."""
    if course.thumbnail is None:
        return ""
    try:
        return course.thumbnail.get_rendition(COVER_FILTER).url
    # A picture that cannot be read must not keep a course off the shelf.
    except (SourceImageIOError, InvalidFilterSpecError, OSError):
        return ""
