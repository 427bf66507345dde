"""The thumbnail of a draft, which nobody waits for: a worker makes it once it was chosen."""

from courses.models import CourseImage, CoursePage
from courses.promises.keeping import keeper
from courses.promises.promising import promise
from courses.promises.queues import MEDIA

from .pictures import make_widths, widths_to_make


def promise_thumbnail(course: CoursePage) -> None:
    """Of the newest draft: lists of courses show it, and make no picture. One or two statements."""
    image = course.thumbnail
    if image is not None and widths_to_make(image):
        promise("courses.make_thumbnail", key=f"thumbnail:{image.pk}", image=image.pk)


@keeper("courses.make_thumbnail", queue=MEDIA)
def make_thumbnail_of(*, image: int) -> None:
    """Nothing where the image is gone."""
    for found in CourseImage.objects.filter(pk=image):
        make_widths(found)
