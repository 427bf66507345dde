"""Whether a course is ready for review: everything that must be mended first, in words.

Drafts are saved with required fields and blocks still empty, so submitting is where a
course is validated in full. What stands unchanged in the current release is not read again.
"""

from dataclasses import dataclass

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils.html import strip_tags
from django.utils.text import capfirst
from wagtail.blocks import BaseStreamBlock, StreamValue

from courses.blocks.walk import children
from courses.drafts.locks import lock_course
from courses.drafts.nodes import read_draft
from courses.errors import SubmissionRefused
from courses.models import Category, CoursePage, ItemKind, StructureType


@dataclass(frozen=True)
class Problem:
    """One thing to mend, and where."""

    page_id: int
    where: str
    message: str

    def __str__(self) -> str:
        return f"{self.where}: {self.message}"

    @property
    def edit_url(self) -> str:
        return reverse("wagtailadmin_pages:edit", args=[self.page_id])


def require_ready(nodes) -> None:
    """Raises SubmissionRefused unless the draft (``drafts.nodes.read_draft``) may be submitted."""
    problems = problems_of(nodes)
    if problems:
        raise SubmissionRefused(problems)


@transaction.atomic
def problems_with(course: CoursePage) -> list[Problem]:
    """What is to mend before ``course``, as it is in memory, can be submitted."""
    nodes = read_draft(lock_course(course.pk))
    nodes[0].draft = course
    return problems_of(nodes)


def problems_of(nodes) -> list[Problem]:
    """What is to mend, in reading order; empty when the course is ready."""
    course = nodes[0]
    found = [*_course_problems(course), *_structure_problems(nodes)]
    for node in nodes[1:]:
        if not node.unchanged:
            found += _page_problems(node)
    return found


def _course_problems(node):
    course: CoursePage = node.draft
    problems = [Problem(node.page.pk, "The course", message) for message in _field_problems(course)]

    def say(message) -> None:
        problems.append(Problem(node.page.pk, "The course", message))

    if not course.category_id or not Category.objects.filter(pk=course.category_id).exists():
        say("Choose a category, so that learners can find it.")
    if not course.subtitle.strip():
        say("Write the subtitle: one sentence that says what a learner can do afterwards.")
    if not _says_something(course.description):
        say("Write the description.")
    if not any(outcome.strip() for outcome in course.outcome_list):
        say("List at least one thing a learner will be able to do.")
    return problems


def _structure_problems(nodes):
    course = nodes[0]
    if not any(node.kind == ItemKind.LESSON for node in nodes):
        yield Problem(course.page.pk, "The course", "Write at least one lesson.")
    if course.draft.structure_type == StructureType.FLAT:
        yield from _chapters_of_a_flat_course(nodes)
    else:
        yield from _loose_lessons(course)
    for node in nodes[1:]:
        if node.kind == ItemKind.CHAPTER and not node.children:
            yield Problem(
                node.page.pk, _where(node), "This chapter is empty. Write a lesson or remove it."
            )


def _chapters_of_a_flat_course(nodes):
    for node in nodes[1:]:
        if node.kind == ItemKind.CHAPTER:
            yield Problem(
                node.page.pk,
                _where(node),
                "A flat course has no chapters. Move its lessons up and remove the chapter, or "
                "make the course hierarchical.",
            )


def _loose_lessons(course: CoursePage):
    """Right under a hierarchical course: a welcome may stand there, before the first chapter."""
    kinds = [node.kind for node in course.children]
    if ItemKind.LESSON in kinds and ItemKind.CHAPTER not in kinds:
        yield Problem(
            course.page.pk,
            "The course",
            "A hierarchical course has chapters. Make one and move the lessons into it, or make "
            "the course flat.",
        )
        return
    first_chapter = kinds.index(ItemKind.CHAPTER) if kinds else 0
    for node in course.children[first_chapter:]:
        if node.kind == ItemKind.LESSON:
            yield Problem(
                node.page.pk,
                _where(node),
                "In a hierarchical course a lesson stands in a chapter, or before the first one. "
                "Move it there, or make the course flat.",
            )


def _page_problems(node):
    for message in _field_problems(node.draft):
        yield Problem(node.page.pk, _where(node), message)
    if node.kind != ItemKind.LESSON:
        return
    body: StreamValue = node.draft.body
    if not len(body):
        yield Problem(node.page.pk, _where(node), "This lesson is empty. Write something first.")
        return
    try:
        body.stream_block.clean(body)
    except ValidationError as error:
        for place, message in _sentences(error, body.stream_block, body):
            yield Problem(node.page.pk, _where(node), f"{place}: {message}" if place else message)


def _field_problems(page):
    """What the fields themselves say; relations and the address are checked elsewhere."""
    exclude = {field.name for field in page._meta.fields if field.is_relation}
    exclude |= {"slug", "path", "depth", "url_path", "uuid", "body"}
    try:
        page.clean_fields(exclude=exclude)
    except ValidationError as error:
        for name, messages in error.message_dict.items():
            label = "" if name == NON_FIELD_ERRORS else page._meta.get_field(name).verbose_name
            for message in messages:
                yield f"{capfirst(label)}: {message}" if label else message


def _sentences(error, block=None, value=None, place: str = ""):
    """Flatten Wagtail's tree of block errors to (where in the lesson, what is wrong)."""
    inner = getattr(error, "block_errors", None)
    if inner is None:
        for message in error.messages:
            yield place, message
        return
    for other in error.non_block_errors.as_data():
        yield from _sentences(other, place=place)
    inside = {key: (child, held) for key, child, held in children(block, value)}
    for key, below in inner.items():
        child, child_value = inside.get(key, (None, None))
        yield from _sentences(below, child, child_value, _called(block, child, key, place))


def _called(block, child, key: str, place) -> str:
    """How readers call the place of an error: the block of the body, then the way into it."""
    if isinstance(block, BaseStreamBlock):
        return f"block {key + 1} ({capfirst(child.label)})"
    if isinstance(key, int):
        return f"{place}, no. {key + 1}"
    return f"{place}, {capfirst(child.label) if child else key}"


def _where(node) -> str:
    return f"{capfirst(node.kind)} {node.number} “{node.draft.title}”"


def _says_something(html: str) -> bool:
    """Whether rich text has any words in it."""
    return bool(strip_tags(html or "").strip())
