"""An outline written at once is the outline written page by page."""

import pytest
from django.db import transaction

from courses.drafts.growing import Sprout, grow
from courses.errors import CourseError
from courses.models import ChapterPage, LessonPage
from courses.releases.indexing import refer_pages
from courses.teams.members import create_course
from tests.builders import a_category, a_released_course, open_a_lesson, the_catalogue
from tests.comparing import everything

pytestmark = pytest.mark.django_db

# What differs on purpose: one promise for all pages instead of one a page.
PROMISES = {"courses_promise"}


def a_lesson(title: str, **fields) -> Sprout:
    body = [("rich_text", f"<p>{title}: begin with what you have.</p>")]
    return Sprout(LessonPage(title=title, body=body, **fields))


def an_outline() -> list[Sprout]:
    return [
        a_lesson("Welcome", is_preview=True, minutes=3),
        Sprout(
            ChapterPage(title="Tools", description="What lies on the table."),
            [
                a_lesson("Two needles"),
                # Named alike: the tree asks for addresses that differ.
                a_lesson("Two needles"),
                Sprout(ChapterPage(title="धागा"), [a_lesson("はさみ", pass_mark=80)]),
            ],
        ),
    ]


def page_by_page(parent, sprouts: list[Sprout], by) -> list:
    added = []
    for sprout in sprouts:
        sprout.page.owner = by
        type(parent).objects.get(pk=parent.pk).add_child(instance=sprout.page)
        sprout.page.save_revision(user=by, log_action=False, clean=False)
        added += [sprout.page, *page_by_page(sprout.page, sprout.below, by)]
    return added


def written(write, ada) -> dict[str, list[str]]:
    """All rows that ``write`` leaves; they are taken back."""
    with transaction.atomic():
        course = create_course(producer=ada, title="Sewing by hand")
        write(course)
        found = everything()
        transaction.set_rollback(True)
    return {table: rows for table, rows in found.items() if table not in PROMISES}


def test_an_outline_at_once_leaves_the_rows_of_page_by_page(ada):
    the_catalogue()

    one_by_one = written(lambda course: page_by_page(course, an_outline(), ada), ada)
    at_once = written(
        lambda course: refer_pages(grow(parent=course, sprouts=an_outline(), by=ada)), ada
    )

    assert at_once.keys() == one_by_one.keys()
    for table, rows in at_once.items():
        assert rows == one_by_one[table], table


def test_it_costs_the_same_at_any_number_of_lessons(ada, django_assert_max_num_queries):
    the_catalogue()
    course = create_course(producer=ada, title="Sewing by hand")
    sprouts = [a_lesson(f"Stitch {number}") for number in range(60)]

    with django_assert_max_num_queries(25):
        grow(parent=course, sprouts=sprouts, by=ada)

    assert LessonPage.objects.descendant_of(course).count() == 60


def test_what_was_grown_is_submitted_and_released_as_any_draft(ada, mira):
    the_catalogue()
    course = create_course(
        producer=ada,
        title="Sewing by hand",
        subtitle="One garment that fits.",
        description="<p>From the first stitch.</p>",
        what_you_will_learn=[("item", "Sew a straight seam")],
        category=a_category(),
    )
    grow(parent=course, sprouts=an_outline(), by=ada)
    open_a_lesson(course)

    released = a_released_course(by=ada, course=course)

    items = released.releases.get(status="current").items.order_by("position")
    assert [item.title for item in items][1:] == [
        "Welcome",
        "Tools",
        "Two needles",
        "Two needles",
        "धागा",
        "はさみ",
    ]
    assert items.last().depth == 2


def test_nothing_is_grown_where_something_stands(ada):
    the_catalogue()
    course = create_course(producer=ada, title="Sewing by hand")
    grow(parent=course, sprouts=[a_lesson("Two needles")], by=ada)

    with pytest.raises(CourseError) as refused:
        grow(parent=course, sprouts=[a_lesson("Scissors")], by=ada)

    assert refused.value.code == "has_parts"
    titles = LessonPage.objects.descendant_of(course).values_list("title", flat=True)
    assert list(titles) == ["Two needles"]
