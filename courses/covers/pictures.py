"""The picture of a course: its thumbnail, else the cover drawn for it."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from wagtail.images.exceptions import InvalidFilterSpecError
from wagtail.images.models import Filter, SourceImageIOError

from courses.covers.addresses import generated_cover_url
from courses.models import CourseImage, CoursePage, CourseRendition

# The thumbnail at the widths of cards, the smallest first. Prefetch these renditions where many
# courses are shown.
COVER_FILTERS = {
    320: "fill-320x180|format-webp",
    640: "fill-640x360|format-webp",
    960: "fill-960x540|format-webp",
}


@dataclass(frozen=True)
class CoverImage:
    """Addresses for an ``img``: ``src``, and ``srcset`` where there are several widths."""

    src: str = ""
    srcset: str = ""


def course_picture(course: CoursePage) -> CoverImage:
    """What learners see of ``course``; its category is read. Makes no picture."""
    pattern = course.category.pattern if course.category else ""
    thumbnail = thumbnail_of(course)
    return thumbnail or CoverImage(generated_cover_url(seed=course.uuid, pattern=pattern))


def thumbnail_of(course: CoursePage) -> CoverImage | None:
    """The thumbnail as far as it is made; None, so that a cover is drawn, without one."""
    if course.thumbnail is None:
        return None
    filters = {width: Filter(spec=spec) for width, spec in COVER_FILTERS.items()}
    made = course.thumbnail.find_existing_renditions(*filters.values())
    return _image({width: made[each].url for width, each in filters.items() if each in made})


def thumbnails_of(images: Iterable[int]) -> dict[int, CoverImage]:
    """Of images by their keys: what is made of each as a thumbnail. One statement, or none."""
    wanted = set(images)
    if not wanted:
        return {}
    widths = {spec: width for width, spec in COVER_FILTERS.items()}
    made = CourseRendition.objects.filter(image__in=wanted, filter_spec__in=widths)
    urls: defaultdict[int, dict[int, str]] = defaultdict(dict)
    for rendition in made:
        urls[rendition.image_id][widths[rendition.filter_spec]] = rendition.url
    found = {key: _image(dict(sorted(each.items()))) for key, each in urls.items()}
    return {key: image for key, image in found.items() if image}


def _image(urls: dict[int, str]) -> CoverImage | None:
    """Of addresses by their widths, the smallest first."""
    if not urls:
        return None
    return CoverImage(
        src=urls[max(urls)], srcset=", ".join(f"{url} {width}w" for width, url in urls.items())
    )


def make_thumbnail(course: CoursePage) -> None:
    """Make the thumbnail in each width. Slow: before a lock and outside of what shows a page.

    One statement where all of it is made already.
    """
    if course.thumbnail is not None:
        make_widths(course.thumbnail)


def make_widths(image: CourseImage) -> None:
    """The same of an image that is, or shall be, a thumbnail."""
    try:
        for width in widths_to_make(image):
            image.get_rendition(width)
    # A picture that cannot be read must not keep a course off the shelf.
    except (SourceImageIOError, InvalidFilterSpecError, OSError):
        return


def widths_to_make(image: CourseImage) -> list[Filter]:
    """One statement."""
    filters = [Filter(spec=spec) for spec in COVER_FILTERS.values()]
    made = image.find_existing_renditions(*filters)
    return [each for each in filters if each not in made]
