"""Parts that are put elsewhere together are what Wagtail's own moves leave, one after the other."""

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from wagtail.actions.move_page import MovePageAction
from wagtail.models import Page, PageLogEntry
from wagtail.signals import post_page_move

from courses.models import Promise
from courses.outline import copying, moving
from courses.outline.holding import Held
from courses.outline.journal import last_number
from courses.outline.settling import Settling
from courses.outline.tree import OutlinePlace
from tests.builders import a_course
from tests.comparing import everything

from .conftest import SYLLABUS
from .drawn import Desk, called, drawn, tree_of

pytestmark = pytest.mark.django_db

# Each goes into a part (None is the course), right of a neighbour (None is the first place).
MOVES = [
    ("Needles", "Tools", "Chalk"),
    ("Sew", "Tools", None),
    ("Finishing", None, None),
    ("Tools", "Finishing", "Hem"),
    ("Measure", "By hand", "Running"),
    ("A shirt", None, "Finishing"),
    ("Chalk", None, "Stitches"),
    ("Hem", "Stitches", None),
]
# What differs on purpose: one promise for all pages, and the search index follows by it.
APART = {"courses_promise", "wagtailsearch_indexentry"}


def one_by_one(course, ada) -> None:
    for title, parent, after in MOVES:
        page = Page.objects.get(pk=called(title, course))
        target = called(after or parent, course) if after or parent else course.pk
        target = Page.objects.get(pk=target)
        move = MovePageAction(page, target, pos="right" if after else "first-child", user=ada)
        move.execute(skip_permission_checks=True)


def together(course, ada) -> None:
    held = Held(Page.objects.get(pk=course.pk), ada)
    settling = Settling(held)
    for title, parent, after in MOVES:
        to = OutlinePlace(
            called(parent, course) if parent else course.pk,
            called(after, course) if after else None,
        )
        settling.put(held.tree.parts[called(title, course)], to)
    settling.write()


def left_by(move, ada) -> tuple[dict, list[str], list]:
    """All rows that ``move`` leaves but places, the outline, and the moves that were told."""
    told: list[tuple] = []

    def hear(instance, parent_page_before, parent_page_after, url_path_after, **kwargs):
        told.append((instance.title, parent_page_before.title, parent_page_after.title))

    with transaction.atomic():
        course = a_course(by=ada, syllabus=SYLLABUS)
        post_page_move.connect(hear)
        try:
            move(course, ada)
        finally:
            post_page_move.disconnect(hear)
        assert Page.find_problems() == ([], [], [], [], [])
        found = {table: rows for table, rows in everything().items() if table not in APART}
        outline = drawn(course)
        transaction.set_rollback(True)
    return found, outline, told


def test_they_are_the_rows_of_move_after_move(ada, monkeypatch):
    a_course(by=ada)  # whatever is founded once
    monkeypatch.setattr("courses.outline.elsewhere.moves_are_ours", lambda: True)

    rows, outline, told = left_by(one_by_one, ada)
    rows_together, outline_together, told_together = left_by(together, ada)

    assert (outline_together, told_together) == (outline, told)
    assert rows_together.keys() == rows.keys()
    for table, found in rows_together.items():
        assert found == rows[table], table


def test_what_stands_there_already_is_not_written(ada, django_assert_num_queries):
    course = a_course(by=ada, syllabus=SYLLABUS)
    held = Held(Page.objects.get(pk=course.pk), ada)
    settling = Settling(held)
    part = held.tree.parts[called("Chalk", course)]

    with django_assert_num_queries(0):
        settling.put(part, held.tree.place_of(part))
        settling.put(part, OutlinePlace(part.parent, part.id))
        settling.write()

    assert not PageLogEntry.objects.filter(page=part.id, action="wagtail.reorder").exists()


def test_what_moved_is_promised_to_the_search(ada):
    course = a_course(by=ada, syllabus=SYLLABUS)

    together(course, ada)

    (promised,) = Promise.objects.filter(key__startswith="moved:")
    assert promised.name == "courses.index_pages"
    assert set(promised.arguments["keys"]) == {called(title, course) for title, *_to in MOVES}


def statements_for(lessons: int, ada) -> list[int]:
    """To move ``lessons`` before as many, take that back, add one, copy all, and copy each."""
    course = a_course(by=ada, syllabus={"Tools": ["Needles"], "Shirt": ["Sew"]})
    desk, counted = Desk(course, ada), []
    for chapter in ("Tools", "Shirt"):
        desk.paste("\n".join(f"{chapter} {n}" for n in range(lessons)), into=chapter)
    pages = [part.id for part in tree_of(course) if part.title.startswith("Tools ")]
    to = OutlinePlace(called("Shirt", course), None)
    verbs = [
        lambda: moving.move(pages=pages, to=to, seen=last_number(course.pk), **desk.asked()),
        desk.undo,
        lambda: desk.add("Pins", into="Shirt"),
        lambda: desk.duplicate("Tools"),
        lambda: copying.duplicate(pages=pages, **desk.asked()),
    ]
    for verb in verbs:
        with CaptureQueriesContext(connection) as captured:
            verb()
        counted.append(len(captured))
    return counted


def test_a_hundred_among_a_hundred_cost_hardly_more_statements_than_two(ada):
    few, many = statements_for(2, ada), statements_for(100, ada)

    # Rows of many are written in more than one part.
    assert all(more - less <= 4 for more, less in zip(many, few, strict=True)), (many, few)
