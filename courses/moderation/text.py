"""Pinned content as lines that can be read and compared."""

import re
from collections.abc import Iterable
from html import unescape
from typing import Any

from django.utils.html import strip_tags
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from wagtail.blocks import BooleanBlock, RichTextBlock
from wagtail.blocks.field_block import ChooserBlock
from wagtail.images.blocks import ImageChooserBlock
from wagtail.models import Page

from courses.blocks.formulas import LinesBlock, TexBlock, WordsBlock
from courses.blocks.walk import Place, walk_stored
from courses.files.held import media_held
from courses.formulas.stored import plain_formulas
from courses.formulas.words import kept_words
from courses.models import (
    Category,
    CourseDocument,
    CourseImage,
    CoursePage,
    LessonPage,
    ReleaseItem,
)
from courses.wording.money import format_price
from courses.wording.shares import format_share

# A line ends where one of these does.
_LINE_ENDS = re.compile(r"</(?:p|li|h[1-6]|blockquote)>|<(?:br|hr)\s*/?>", re.IGNORECASE)
_LINKS = re.compile(r'<a\s[^>]*?(?:href="([^"]*)"|id="(\d+)")[^>]*>(.*?)</a>', re.IGNORECASE)


# Titles of pictures, files and categories: {(model, pk): title}.
Names = dict[tuple[type, Any], str]


def lines_of(page: Page, names: Names | None = None) -> list[str]:
    """Everything a release shows of a page, one thing a line.

    ``names`` gives titles to pictures and files, see ``names_in``. Each line is led by what
    it is, in the reader's language.
    """
    names = names or {}
    if isinstance(page, CoursePage):
        return _course_lines(page, names)
    if isinstance(page, LessonPage):
        return _lesson_lines(page, names)
    return [_line(_("Title"), page.title), *_sentences(page.description)]


def names_in(items: Iterable[ReleaseItem], pages: Iterable[Page]) -> Names:
    """Titles of the pictures, files and categories that ``items``, read as ``pages``, refer to.

    Three queries.
    """
    held = [pair for item in items for pair in media_held(item)]
    courses = [page for page in pages if isinstance(page, CoursePage)]
    categories = {course.category_id for course in courses if course.category_id}
    titles: Names = {}
    for model in (CourseImage, CourseDocument):
        keys = {pk for kind, pk in held if kind is model}
        found = model.objects.filter(pk__in=keys).values_list("pk", "title")
        titles |= {(model, pk): title for pk, title in found}
    named = Category.objects.filter(pk__in=categories).values_list("pk", "name")
    return titles | {(Category, pk): name for pk, name in named}


def _course_lines(course: CoursePage, names: Names) -> list[str]:
    nothing = pgettext("in place of a name", "none")
    tags = ", ".join(sorted(tag.name for tag in course.tags.all()))
    lines = [
        _line(_("Title"), course.title),
        _line(pgettext("of a page", "Address"), course.slug),
        _line(_("Subtitle"), course.subtitle),
        _line(_("Price"), format_price(course.price, course.currency)),
        _line(_("Category"), names.get((Category, course.category_id), nothing)),
        _line(_("Level"), course.get_level_display()),
        _line(_("Language"), course.get_language_display()),
        _line(_("Structure"), course.get_structure_type_display()),
        _line(_("Picture"), names.get((CourseImage, course.thumbnail_id), nothing)),
        _line(_("Tags"), tags or nothing),
    ]
    lines += _rich(course.description)
    lines += [_line(_("Outcome"), outcome) for outcome in course.outcome_list]
    lines += [
        _line(pgettext("by a learner", "Needed"), requirement)
        for requirement in course.requirement_list
    ]
    return lines


def _lesson_lines(lesson: LessonPage, names: Names) -> list[str]:
    lines = [
        _line(_("Title"), lesson.title),
        _line(_("Open preview"), _("yes") if lesson.is_preview else _("no")),
    ]
    if lesson.minutes:  # else they follow from what it holds, and nobody set them
        lines.append(_line(_("Minutes"), str(lesson.minutes)))
    if lesson.has_quiz:
        lines.append(_line(_("Pass mark"), format_share(lesson.pass_mark)))
    for place in walk_stored(lesson.body):
        lines += _place_lines(place, names)
    return lines


def _place_lines(place: Place, names: Names) -> list[str]:
    """The lines of one value, each led by what the editor calls it."""
    if place.holds_others or place.value in (None, ""):
        return []
    label = _label(place)
    if isinstance(place.block, TexBlock):
        return [_line(label, line) for line in _sentences(place.value["tex"])]
    if isinstance(place.block, WordsBlock | LinesBlock):
        return [_line(label, line) for line in _sentences(kept_words(place.value))]
    if isinstance(place.block, RichTextBlock):
        return [_line(label, line) for line in _rich(place.value)]
    if isinstance(place.block, ChooserBlock):
        removed = pgettext("in place of a file's title", "removed")
        return [_line(label, names.get((_model(place.block), place.value), removed))]
    if isinstance(place.block, BooleanBlock):
        return [_line(label, _("yes"))] if place.value else []
    return [_line(label, line) for line in _sentences(str(place.value))]


def _line(label: str, text: str) -> str:
    # Translators: a line of a comparison, such as “Title: Sewing by hand”.
    return _("%(label)s: %(text)s") % {"label": label, "text": text}


def _label(place: Place) -> str:
    """What the editor calls the block, and the fields in it on the way to this one."""
    first, *inner = (str(block.label) for block in place.trail if block.label)
    return ", ".join([capfirst(first), *(label.lower() for label in inner)])


def _model(block: ChooserBlock) -> type[CourseImage] | type[CourseDocument]:
    return CourseImage if isinstance(block, ImageChooserBlock) else CourseDocument


def _rich(html: str) -> list[str]:
    """Lines of rich text; a link shows where it leads, because a new target is a change, and a
    formula is its TeX."""
    shown = _LINKS.sub(_with_target, plain_formulas(html or ""))
    return _sentences(unescape(strip_tags(_LINE_ENDS.sub("\n", shown))))


def _with_target(link: re.Match[str]) -> str:
    target = link[1] or _("page %(id)s") % {"id": link[2]}
    return f"{link[3]} [{target}]"


def _sentences(text: str) -> list[str]:
    return [" ".join(line.split()) for line in (text or "").splitlines() if line.strip()]
