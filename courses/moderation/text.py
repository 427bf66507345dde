"""Pinned content as lines that can be read and compared."""

import re
from html import unescape

from django.utils.html import strip_tags
from django.utils.text import capfirst
from wagtail.blocks import BooleanBlock, RichTextBlock
from wagtail.blocks.field_block import ChooserBlock
from wagtail.images.blocks import ImageChooserBlock

from courses.blocks.walk import Place, walk_stored
from courses.files.held import media_held
from courses.models import Category, CourseDocument, CourseImage, CoursePage, LessonPage

# A line ends where one of these does.
_LINE_ENDS = re.compile(r"</(?:p|li|h[1-6]|blockquote)>|<(?:br|hr)\s*/?>", re.IGNORECASE)
_LINKS = re.compile(r'<a\s[^>]*?(?:href="([^"]*)"|id="(\d+)")[^>]*>(.*?)</a>', re.IGNORECASE)


def lines_of(page, names: dict | None = None) -> list[str]:
    """Everything a release shows of a page, one thing a line.

    ``names`` gives titles to pictures and files: {(model, pk): title}, see ``names_in``.
    """
    names = names or {}
    if isinstance(page, CoursePage):
        return _course_lines(page, names)
    if isinstance(page, LessonPage):
        return _lesson_lines(page, names)
    return [f"Title: {page.title}", *_sentences(page.description)]


def names_in(items, pages) -> dict:
    """Titles of the pictures, files and categories that ``items``, read as ``pages``, refer to.

    Three queries.
    """
    wanted = {CourseImage: set(), CourseDocument: set()}
    wanted[Category] = {page.category_id for page in pages if isinstance(page, CoursePage)}
    for item in items:
        for model, pk in media_held(item):
            wanted[model].add(pk)
    titles = {}
    for model, keys in wanted.items():
        field = "name" if model is Category else "title"
        found = model.objects.filter(pk__in=keys - {None}).values_list("pk", field)
        titles |= {(model, pk): title for pk, title in found}
    return titles


def _course_lines(course: CoursePage, names):
    picture = names.get((CourseImage, course.thumbnail_id), "none")
    lines = [
        f"Title: {course.title}",
        f"Address: {course.slug}",
        f"Subtitle: {course.subtitle}",
        f"Price: {course.price:.2f} {course.currency}",
        f"Category: {names.get((Category, course.category_id), 'none')}",
        f"Level: {course.get_level_display()}",
        f"Language: {course.get_language_display()}",
        f"Structure: {course.get_structure_type_display()}",
        f"Picture: {picture}",
        f"Tags: {', '.join(sorted(tag.name for tag in course.tags.all())) or 'none'}",
    ]
    lines += _rich(course.description)
    lines += [f"Outcome: {outcome}" for outcome in course.outcome_list]
    lines += [f"Needed: {requirement}" for requirement in course.requirement_list]
    return lines


def _lesson_lines(lesson, names):
    lines = [f"Title: {lesson.title}"]
    lines.append(f"Open preview: {'yes' if lesson.is_preview else 'no'}")
    lines.append(f"Minutes: {lesson.minutes or 'derived'}")
    if lesson.has_quiz:
        lines.append(f"Pass mark: {lesson.pass_mark} %")
    for place in walk_stored(lesson.body):
        lines += _place_lines(place, names)
    return lines


def _place_lines(place: Place, names: dict) -> list[str]:
    """The lines of one value, each led by what the editor calls it."""
    if place.holds_others or place.value in (None, ""):
        return []
    label = _label(place)
    if isinstance(place.block, RichTextBlock):
        return [f"{label}: {line}" for line in _rich(place.value)]
    if isinstance(place.block, ChooserBlock):
        return [f"{label}: {names.get((_model(place.block), place.value), 'removed')}"]
    if isinstance(place.block, BooleanBlock):
        return [f"{label}: yes"] if place.value else []
    return [f"{label}: {line}" for line in _sentences(str(place.value))]


def _label(place: Place) -> str:
    """What the editor calls the block, and the fields in it on the way to this one."""
    first, *inner = (str(block.label) for block in place.trail if block.label)
    return ", ".join([capfirst(first), *(label.lower() for label in inner)])


def _model(block):
    return CourseImage if isinstance(block, ImageChooserBlock) else CourseDocument


def _rich(html: str) -> list[str]:
    """Lines of rich text; a link shows where it leads, because a new target is a change."""
    shown = _LINKS.sub(lambda found: f"{found[3]} [{found[1] or 'page ' + found[2]}]", html or "")
    return _sentences(unescape(strip_tags(_LINE_ENDS.sub("\n", shown))))


def _sentences(text: str) -> list[str]:
    return [" ".join(line.split()) for line in (text or "").splitlines() if line.strip()]
