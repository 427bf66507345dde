"""Whatever two people do in whatever order: every page is there once, and the numbers are right."""

from contextlib import suppress

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from wagtail.models import Page

from courses.errors import CourseError
from courses.outline.journal import last_number
from courses.outline.moving import move
from courses.outline.tree import OutlinePlace
from tests.builders import a_course
from tests.teams import add_instructor

from .conftest import SYLLABUS
from .drawn import Desk, drawn, tree_of

pytestmark = pytest.mark.django_db

WHO = st.sampled_from(["ada", "bruno"])
# Of what stands on the screen: the how-manieth part goes to the how-manieth place of which parent.
MOVES = st.tuples(
    st.just("move"),
    WHO,
    st.lists(st.integers(0, 12), min_size=1, max_size=4),
    st.integers(0, 13),
    st.integers(0, 5),
)
BACK = st.tuples(st.sampled_from(["undo", "redo"]), WHO)
SEQUENCES = st.lists(st.one_of(MOVES, MOVES, BACK), min_size=1, max_size=12)


def do(step, course, people) -> None:
    desk = Desk(course, people[step[1]])
    if step[0] != "move":
        getattr(desk, step[0])()
        return
    _verb, _who, which, where, place = step
    tree = tree_of(course)
    parts = list(tree)
    holders = [course.pk, *(part.id for part in parts if part.is_chapter)]
    parent = holders[where % len(holders)]
    siblings = tree.siblings(parent)
    before = siblings[: place % (len(siblings) + 1)]
    move(
        pages=[parts[index % len(parts)].id for index in which],
        to=OutlinePlace(parent, before[-1].id if before else None),
        seen=last_number(course.pk),
        **desk.asked(),
    )


def all_there(course) -> tuple[list[int], int]:
    below = Page.objects.filter(path__startswith=course.path).exclude(pk=course.pk)
    return sorted(below.values_list("pk", flat=True)), below.values("path").distinct().count()


@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(sequence=SEQUENCES)
def test_every_page_is_kept_exactly_once_and_counted_right(sequence, ada, bruno):
    with transaction.atomic():
        course = a_course(by=ada, syllabus=SYLLABUS)
        add_instructor(course=course, email=bruno.email, by=ada)
        pages, places = all_there(course)
        for step in sequence:
            with suppress(CourseError), transaction.atomic():
                do(step, course, {"ada": ada, "bruno": bruno})

        assert all_there(course) == (pages, places)
        assert Page.find_problems() == ([], [], [], [], [])
        numbers = [line.split(" ")[0] for line in drawn(course)]
        assert numbers == counted(course)
        transaction.set_rollback(True)


def counted(course) -> list[str]:
    """The numbers by Wagtail's own tree, one level after the other."""

    def below(page, before=""):
        for place, child in enumerate(page.get_children(), start=1):
            yield f"{before}{place}"
            yield from below(child, f"{before}{place}.")

    return list(below(Page.objects.get(pk=course.pk)))


@settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(sequence=st.lists(MOVES, min_size=1, max_size=8))
def test_undoing_everything_of_one_person_leads_back_to_the_beginning(sequence, ada):
    with transaction.atomic():
        course = a_course(by=ada, syllabus=SYLLABUS)
        before, done = drawn(course), 0
        for step in sequence:
            with suppress(CourseError), transaction.atomic():
                do(("move", "ada", *step[2:]), course, {"ada": ada})
                done += 1
        after = drawn(course)

        for _each in range(done):
            Desk(course, ada).undo()
        assert drawn(course) == before
        for _each in range(done):
            Desk(course, ada).redo()
        assert drawn(course) == after
        transaction.set_rollback(True)
