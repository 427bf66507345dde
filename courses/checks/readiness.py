"""Whether a course is ready for review: everything that must be mended first, in words.

Drafts are saved with required fields and blocks still empty, so submitting is where a
course is validated in full. What stands unchanged in the current release is not read again.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.urls import reverse
from django.utils.html import strip_tags
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from wagtail.blocks import BaseStreamBlock, Block, StreamValue
from wagtail.contrib.typed_table_block.blocks import (
    BaseTypedTableBlock,
    TypedTableBlockValidationError,
)
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page

from courses.blocks.hosted_videos import read_video
from courses.blocks.media import VideoAddressBlock
from courses.blocks.walk import Place, children, id_of_item, walk_stored
from courses.drafts.nodes import Node
from courses.errors import SubmissionRefused
from courses.formulas.stored import plain_formulas
from courses.models import Category, CoursePage, ItemKind, StructureType
from courses.printing import unprintable_words
from courses.wording.apart import apart

from .conditions import Condition, condition_of
from .formulas import unset_in_body, unset_in_html, unset_in_line
from .guidance import advice_left

# What is written of a page beside the body of a lesson.
WRITTEN = {"title", "subtitle", "description", "requirements", "what_you_will_learn"}


@dataclass(frozen=True)
class Problem:
    """One thing to mend, and where: ``url`` leads to it.

    ``field`` is the way to it in the page's form, as comments have it (“body.<id of a block>.url”);
    without one, it is mended where the page stands in its course: a matter of the outline.
    """

    page_id: int
    where: str
    message: str
    field: str = ""
    condition: Condition = Condition.CONTENT  # which it keeps the course from meeting

    def __str__(self) -> str:
        return _told_of(self.where, self.message)

    @property
    def url(self) -> str:
        if not self.field:
            return reverse("wagtailadmin_explore", args=[self.page_id])
        # The editor opens the tab and scrolls; static/js/courses/arriving.js sets the focus.
        edit = reverse("wagtailadmin_pages:edit", args=[self.page_id])
        return f"{edit}#:w:contentpath={self.field}"


def require_ready(nodes: list[Node]) -> None:
    """Raises SubmissionRefused unless the draft (``drafts.nodes``) may be submitted."""
    problems = problems_of(nodes)
    if problems:
        raise SubmissionRefused(problems)


def problems_of(nodes: list[Node]) -> list[Problem]:
    """What is to mend, in reading order; empty when the course is ready.

    A page that was found fit in the same revision before is not read again.
    """
    found = [*course_problems(nodes[0]), *structure_problems(nodes)]
    for node in nodes[1:]:
        if not node.fit:
            in_page = page_problems(node)
            node.fit = not in_page
            found += in_page
    return found


def course_problems(node: Node) -> list[Problem]:
    """In what is said of the course itself."""
    course: CoursePage = node.draft
    problems: list[Problem] = []

    def say(field: str, message: str) -> None:
        where, condition = _("The course"), condition_of(field)
        problems.append(Problem(node.page.pk, where, message, field, condition))

    for field, message in (*_field_problems(course), *_unset_in_fields(course)):
        say(field, message)

    if words := unprintable_words(course.title):
        say("title", _told_of(_("Title"), words))
    if course.price_problem:
        say("price", _told_of(_("Price"), course.price_problem))
    if not course.category_id or not Category.objects.filter(pk=course.category_id).exists():
        say("category", _("Choose a category, so that learners can find it."))
    if not course.subtitle.strip():
        say(
            "subtitle",
            _("Write the subtitle: one sentence that says what a learner can do afterwards."),
        )
    if not _says_something(course.description):
        say("description", _("Write the description."))
    if not any(outcome.strip() for outcome in course.outcome_list):
        say("what_you_will_learn", _("List at least one thing a learner will be able to do."))
    return problems


def structure_problems(nodes: list[Node]) -> Iterator[Problem]:
    """In how its chapters and lessons stand; asks of a draft only its title and preview."""
    course = nodes[0]
    lessons = [node for node in nodes if node.kind == ItemKind.LESSON]
    if not lessons:
        said = _("Write at least one lesson.")
        yield _of_structure(course, _("The course"), said)
    elif not any(lesson.draft.is_preview for lesson in lessons):
        # What the shop promises of each course: see what the front page says of open lessons.
        yield Problem(
            lessons[0].page.pk,
            _("The course"),
            _(
                "Open at least one lesson to everyone (tick “Open preview” in it), so that people "
                "can look inside before they decide."
            ),
            "is_preview",
            Condition.PREVIEW,
        )
    if course.draft.structure_type == StructureType.FLAT:
        yield from _chapters_of_a_flat_course(nodes)
    else:
        yield from _loose_lessons(course)
    for node in nodes[1:]:
        if node.kind == ItemKind.CHAPTER and not node.children:
            said = _("This chapter is empty. Write a lesson or remove it.")
            yield _of_structure(node, where_of(node), said)


def _of_structure(node: Node, where: str, message: str) -> Problem:
    return Problem(node.page.pk, where, message, condition=Condition.STRUCTURE)


def _chapters_of_a_flat_course(nodes: list[Node]) -> Iterator[Problem]:
    for node in nodes[1:]:
        if node.kind == ItemKind.CHAPTER:
            yield _of_structure(
                node,
                where_of(node),
                _(
                    "A flat course has no chapters. Move its lessons up and remove the chapter, "
                    "or make the course hierarchical."
                ),
            )


def _loose_lessons(course: Node) -> Iterator[Problem]:
    """Right under a hierarchical course: a welcome may stand there, before the first chapter."""
    kinds = [node.kind for node in course.children]
    if ItemKind.LESSON in kinds and ItemKind.CHAPTER not in kinds:
        yield _of_structure(
            course,
            _("The course"),
            _(
                "A hierarchical course has chapters. Make one and move the lessons into it, "
                "or make the course flat."
            ),
        )
        return
    first_chapter = kinds.index(ItemKind.CHAPTER) if kinds else 0
    for node in course.children[first_chapter:]:
        if node.kind == ItemKind.LESSON:
            yield _of_structure(
                node,
                where_of(node),
                _(
                    "In a hierarchical course a lesson stands in a chapter, or before the first "
                    "one. Move it there, or make the course flat."
                ),
            )


def page_problems(node: Node) -> list[Problem]:
    """In a chapter or lesson; of what stands in the current release as it is, lost videos alone."""
    if not node.unchanged:
        return list(_problems_in(node))
    return list(_lost_videos(node)) if node.kind == ItemKind.LESSON else []


def _problems_in(node: Node) -> Iterator[Problem]:
    for field, message in (*_field_problems(node.draft), *_unset_in_fields(node.draft)):
        yield Problem(node.page.pk, where_of(node), message, field)
    if node.kind != ItemKind.LESSON:
        return
    body: StreamValue = node.draft.body
    if not len(body):
        said = _("This lesson is empty. Write something first.")
        yield Problem(node.page.pk, where_of(node), said, "body")
        return
    if all(block["type"] == "heading" for block in body.raw_data):
        said = _("This lesson has headings, and nothing below them. Write what they promise.")
        yield Problem(node.page.pk, where_of(node), said, "body")
    try:
        body.stream_block.clean(body)
    except ValidationError as error:
        for place, field, message in _sentences(error, body.stream_block, body):
            said = _told_of(place, message) if place else message
            yield Problem(node.page.pk, where_of(node), said, field)
    for found, message in (*unset_in_body(body), *advice_left(body)):
        place, field = _way_to(found, body)
        yield Problem(node.page.pk, where_of(node), _told_of(place, message), field)


def _unset_in_fields(page: Page) -> Iterator[tuple[str, str]]:
    """(field, what it says) of TeX in what is written of a page beside its body."""
    for field in page._meta.fields:
        if field.name not in WRITTEN:
            continue
        value, label = getattr(page, field.name), capfirst(field.verbose_name)
        if isinstance(field, StreamField):
            for found, message in (*unset_in_body(value), *advice_left(value)):
                told, way = _way_to(found, value, field.name)
                yield way, _told_of(_inside(label, told), message)
        else:
            find = unset_in_html if isinstance(field, RichTextField) else unset_in_line
            yield from ((field.name, _told_of(label, message)) for message in find(value))


def _lost_videos(node: Node) -> Iterator[Problem]:
    """Addresses that were taken before they were read strictly; they play nothing."""
    body: StreamValue = node.draft.body
    for place in walk_stored(body):
        if isinstance(place.block, VideoAddressBlock) and place.value:
            try:
                read_video(place.value)
            except ValidationError as error:
                told, field = _way_to(place, body)
                yield Problem(
                    node.page.pk, where_of(node), _told_of(told, error.messages[0]), field
                )


def _way_to(place: Place, body: StreamValue, field: str = "body") -> tuple[str, str]:
    """(how readers call it, the way in the form) of a place of a body as it is stored."""
    block, value = body.stream_block, body.raw_data
    told = ""
    for key, child in zip(place.path, place.trail, strict=True):
        if isinstance(block, BaseTypedTableBlock):  # what stands in a table has no address
            return _called_in_a_table(child, str(key), told), field
        told, field = _called(block, child, key, told), _into(field, block, value, key)
        value = next(inner for at, _child, inner in children(block, value) if at == key)
        block = child
    return told, field


def _field_problems(page: Page) -> Iterator[tuple[str, str]]:
    """(field, what it says); relations and the address are checked elsewhere."""
    exclude = {field.name for field in page._meta.fields if field.is_relation}
    exclude |= {"slug", "path", "depth", "url_path", "uuid", "body"}
    try:
        page.clean_fields(exclude=exclude)
    except ValidationError as error:
        for name, messages in error.message_dict.items():
            label = "" if name == NON_FIELD_ERRORS else page._meta.get_field(name).verbose_name
            for message in messages:
                said = _told_of(capfirst(label), message) if label else message
                yield ("" if name == NON_FIELD_ERRORS else name), said


def _sentences(
    error: Any, block: Block | None, value: Any, place: str = "", field: str = "body"
) -> Iterator[tuple[str, str, str]]:
    """Flatten Wagtail's tree of block errors.

    Yields (where in the lesson, the way there in the form, what is wrong).
    """
    if isinstance(error, TypedTableBlockValidationError):
        yield from _of_a_table(error, place, field)
        return
    inner = getattr(error, "block_errors", None)
    if inner is None:
        for one in error.error_list:
            yield place, field, _to_fill() if one.code == "required" else one.messages[0]
        return
    for other in error.non_block_errors.as_data():
        yield from _sentences(other, None, None, place, field)
    inside = {key: (child, held) for key, child, held in children(block, value)} if block else {}
    for key, below in inner.items():
        child, child_value = inside.get(key, (None, None))
        way = _into(field, block, value, key)
        yield from _sentences(below, child, child_value, _called(block, child, key, place), way)


def _to_fill() -> str:
    return _("Fill this in, or remove the block.")


def _into(field: str, block: Block | None, value: Any, key: str | int) -> str:
    """One step further on the way in the form: items are named by their id, fields by name."""
    if isinstance(key, int):
        step = id_of_item(block, value, key)
        return f"{field}.{step}" if step else field
    return f"{field}.{key}"


def _of_a_table(
    error: TypedTableBlockValidationError, place: str, field: str
) -> Iterator[tuple[str, str, str]]:
    """As ``_sentences``; the way leads to the table, whose cells have no address."""
    for other in error.non_block_errors.as_data():
        yield from _sentences(other, None, None, place, field)
    for row, cells in (error.cell_errors or {}).items():
        for column, below in cells.items():
            yield from _sentences(below, None, None, _cell(place, row, column), field)


def _called_in_a_table(child: Block, key: str, place: str) -> str:
    """How readers call what the walker finds in a table: caption, “heading 0”, “cell 2 1”."""
    kind, *numbers = key.split()
    if kind == "cell":
        return _cell(place, *map(int, numbers))
    named = _inside(place, capfirst(child.label))
    if not numbers:
        return named
    return _("%(place)s, no. %(number)s") % {"place": named, "number": int(numbers[0]) + 1}


def _cell(place: str, row: int, column: int) -> str:
    # Translators: a cell of a table: “block 2 (Table), Table, row 3, column 1”.
    told = _("%(place)s, row %(row)s, column %(column)s")
    return told % {"place": place, "row": row + 1, "column": column + 1}


def _called(block: Block | None, child: Block | None, key: str | int, place: str) -> str:
    """How readers call the place of an error: the block of the body, then the way into it."""
    part = capfirst(child.label) if child else str(key)
    if isinstance(block, BaseStreamBlock) and isinstance(key, int):
        return _("block %(number)s (%(kind)s)") % {"number": key + 1, "kind": part}
    if isinstance(key, int):
        return _("%(place)s, no. %(number)s") % {"place": place, "number": key + 1}
    return _inside(place, part)


def _inside(place: str, part: str) -> str:
    # Translators: a place in a block: “block 2 (Video), Title”.
    return _("%(place)s, %(part)s") % {"place": place, "part": part}


def where_of(node: Node) -> str:
    """How a chapter or lesson is called beside what is to mend in it."""
    named = {"number": node.number, "title": apart(node.draft.title)}
    if node.kind == ItemKind.CHAPTER:
        return _("Chapter %(number)s “%(title)s”") % named
    return _("Lesson %(number)s “%(title)s”") % named


def _told_of(place: str, message: str) -> str:
    # Translators: where something is to mend, and what.
    return _("%(place)s: %(message)s") % {"place": place, "message": message}


def _says_something(html: str) -> bool:
    """Whether rich text has any words or formulas in it."""
    return bool(unescape(strip_tags(plain_formulas(html or ""))).strip())
