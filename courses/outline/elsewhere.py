"""Moves that were made elsewhere (Wagtail's explorer, its bulk actions) reach the journal too."""

from contextvars import ContextVar
from typing import Any
from uuid import uuid4

from django.db import transaction
from django.dispatch import receiver
from wagtail.log_actions import get_active_log_context
from wagtail.models import Page
from wagtail.signals import post_page_move, pre_page_move

from courses.drafts.locks import lock_course
from courses.models import CoursePage
from courses.models.drafts import CoursePart
from courses.models.outline import OutlineFact, OutlineVerb

from .journal import Set, record
from .placing import told_place
from .settling import moves_are_ours
from .tree import read_tree

# Where a page stood before the move that is being made.
_stood: ContextVar[dict[int, Any] | None] = ContextVar("where_moved_pages_stood", default=None)


def _is_elsewhere(page: Page) -> bool:
    return not moves_are_ours() and issubclass(page.specific_class or Page, CoursePart)


def _course_of(page: Page) -> Page | None:
    found: Page | None = CoursePage.objects.ancestor_of(page).first()
    return found


@receiver(pre_page_move, dispatch_uid="courses.outline.before_a_move")
def remember_the_place(instance: Page, **kwargs: Any) -> None:
    course = _course_of(instance) if _is_elsewhere(instance) else None
    tree = read_tree(course) if course is not None else None
    if tree is not None and instance.pk in tree.parts:
        _stood.set({instance.pk: told_place(tree, tree.parts[instance.pk])})


@receiver(post_page_move, dispatch_uid="courses.outline.after_a_move")
def write_the_move_down(instance: Page, **kwargs: Any) -> None:
    stood = _stood.get()
    if stood is None or instance.pk not in stood or not _is_elsewhere(instance):
        return
    _stood.set(None)
    course = _course_of(instance)
    if course is None:
        return
    with transaction.atomic():
        lock_course(course.pk)
        tree = read_tree(course)
        if instance.pk not in tree.parts:
            return
        step = Set(
            instance.pk,
            OutlineFact.PLACE,
            stood[instance.pk],
            told_place(tree, tree.parts[instance.pk]),
        )
        record(
            course_id=course.pk,
            verb=OutlineVerb.MOVE,
            key=uuid4(),
            by=get_active_log_context().user,
            steps=[step],
        )
