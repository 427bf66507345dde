"""A course that begins as a copy of another: what its latest drafts say, and nothing that happened.

Learners, releases, reviews, comments and the team stay where they are. Pictures and files are
copied, for collections are a course's own; links between its lessons lead to the copies.
"""

import re
from collections.abc import Callable, Iterable
from typing import Any

from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext as _
from wagtail.blocks import Block, PageChooserBlock, RichTextBlock
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock
from wagtail.models import Page

from courses.blocks.rewriting import rewrite_stored
from courses.covers.promised import promise_thumbnail
from courses.drafts.copying import called_a_copy, copy_of, says
from courses.drafts.growing import Sprout, grow
from courses.drafts.nodes import Node, read_draft
from courses.errors import CourseError
from courses.exchange import unfinished
from courses.files.held import media_of
from courses.models import Category, CourseDocument, CourseImage, CoursePage, ItemKind
from courses.people import Person
from courses.releases.indexing import refer_pages
from courses.teams.members import create_course

from .media import Copies, MediaCopier

# What a course begins with by itself, or has for itself alone.
_OWN = frozenset({"title", "slug", "thumbnail_id", "go_live_at", "expire_at"})
_LINK = re.compile(r"<a\b[^>]*\blinktype=\"page\"[^>]*>")
_KEY = re.compile(r'(?<=\bid=")\d+(?=")')
_MODELS: dict[str, Any] = {"courseimage": CourseImage, "coursedocument": CourseDocument}


def taught_course(*, course_id: int, producer: Person) -> CoursePage:
    """Raises CourseError for what is foreign as for what does not exist."""
    source: CoursePage | None = CoursePage.objects.taught_by(producer).filter(pk=course_id).first()
    if source is None:
        raise CourseError(_("Only courses that you teach can be copied."), code="not_taught")
    return source


def bytes_of_files(course: CoursePage) -> int:
    """What lies in its collection, used or not; two SQL."""
    lying = [model.objects.filter(collection=course.collection_id) for model in _MODELS.values()]
    return sum(files.aggregate(size=Sum("file_size"))["size"] or 0 for files in lying)


def copy_course(
    *, course_id: int, producer: Person, once_copied: Callable[[CoursePage], None] | None = None
) -> CoursePage:
    """A draft that ``producer`` leads, of a course that they teach, called “Title (copy)”.

    The number of SQL is the same however many lessons there are. Two transactions, as an import
    has (decision 0031); ``once_copied`` is called at the end of the second. Raises CourseError for
    what is not theirs and as ``create_course`` does; rows and files are then as they were.
    """
    nodes = read_draft(taught_course(course_id=course_id, producer=producer))
    media = MediaCopier(owner=producer)
    with transaction.atomic():
        course = create_course(
            producer=producer,
            title=called_a_copy(nodes[0].draft.title),
            **_facts(nodes[0].draft),
        )
        unfinished.begin(course)
        begun_as = course.latest_revision_id
    try:
        with transaction.atomic():
            _fill(course, nodes, media, producer)
            unfinished.end(course)
            if once_copied:
                once_copied(course)
    except BaseException:
        media.discard()
        unfinished.give_up(course, begun_as)
        raise
    promise_thumbnail(course)
    return course


def _facts(draft: Any) -> dict[str, Any]:
    """What the page of the course says, price and subject too; a subject may be gone."""
    told = {name: value for name, value in says(draft).items() if name not in _OWN}
    if not Category.objects.filter(pk=told["category_id"]).exists():
        told["category_id"] = None
    return told


def _fill(course: CoursePage, nodes: list[Node], media: MediaCopier, by: Person) -> None:
    copies = media.copy(_held(nodes), to=course.collection)
    _finish_page(course, nodes[0].draft, copies, by)
    pages = {node.page.pk: copy_of(node.draft) for node in nodes[1:]}
    pages[nodes[0].page.pk] = course

    def lead_to_copies() -> None:
        keys = {old: page.pk for old, page in pages.items()}
        for node in nodes[1:]:
            if node.kind == ItemKind.LESSON:
                page = pages[node.page.pk]
                page.body = type(page).body.field.to_python(
                    rewrite_stored(node.draft.body, _Leading(copies, keys))
                )

    sprouts = [_sprout(node, pages) for node in nodes[0].children]
    grown = grow(parent=course, sprouts=sprouts, by=by, once_keyed=lead_to_copies)
    refer_pages(grown)


def _sprout(node: Node, pages: dict[int, Page]) -> Sprout:
    return Sprout(pages[node.page.pk], [_sprout(child, pages) for child in node.children])


def _finish_page(course: CoursePage, draft: Any, copies: Copies, by: Person) -> None:
    """Its picture and tags, which need the course to be there."""
    course.thumbnail_id = copies.get((CourseImage, draft.thumbnail_id or 0))
    course.tags.set([str(tag) for tag in draft.tags.all()])
    course.save(clean=False)
    course.save_revision(user=by, clean=False, log_action=False)


def _held(nodes: Iterable[Node]) -> Iterable[tuple[type[Any], int]]:
    for node in nodes:
        for key in media_of(node.draft):
            name, _colon, pk = key.partition(":")
            yield _MODELS[name], int(pk)


class _Leading:
    """A value of a body, with what it names led to its copy; what has none stays."""

    def __init__(self, copies: Copies, pages: dict[int, int]) -> None:
        self.copies = copies
        self.pages = pages

    def __call__(self, block: Block, value: Any) -> Any:
        if isinstance(block, ImageChooserBlock):
            return self.copies.get((CourseImage, value or 0), value)
        if isinstance(block, DocumentChooserBlock):
            return self.copies.get((CourseDocument, value or 0), value)
        if isinstance(block, PageChooserBlock):
            return self.pages.get(value, value)
        if isinstance(block, RichTextBlock):
            return _LINK.sub(self._led, value or "")
        return value

    def _led(self, link: re.Match[str]) -> str:
        return _KEY.sub(lambda key: str(self.pages.get(int(key[0]), key[0])), link[0])
