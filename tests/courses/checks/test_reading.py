"""What was read of a draft is at hand for its own course, as it stands in the form."""

import pytest

from courses.checks.reading import check_draft, known_of
from tests.builders import a_course, lesson_called

pytestmark = pytest.mark.django_db


def pages_below(course) -> set[int]:
    return set(course.get_descendants().values_list("pk", flat=True))


def test_what_was_read_of_one_course_says_nothing_of_another(ada, bruno):
    sewing = a_course(by=ada)
    maps = a_course(by=bruno, title="Maps for walkers", syllabus=["Contours"])

    checked = check_draft(sewing)

    assert checked.problems == []
    assert {node.page.pk for node in known_of(maps.pk)} == pages_below(maps)
    assert known_of(sewing.pk) == checked.known


def test_the_course_itself_is_read_anew_where_it_is_pinned(ada):
    course = a_course(by=ada)
    checked = check_draft(course)

    assert {node.page.pk for node in checked.known} == pages_below(course)


def test_of_a_page_that_is_no_course_there_is_nothing_to_know(ada):
    lesson = lesson_called("Cutting straight", course=a_course(by=ada))

    assert list(known_of(lesson.pk)) == []
    assert list(known_of(987_654)) == []


def test_a_course_is_judged_by_the_words_in_the_form(ada):
    course = a_course(by=ada)
    course.subtitle = ""

    assert [problem.field for problem in check_draft(course).problems] == ["subtitle"]


def test_a_draft_that_may_be_submitted_is_worked_out_before_anybody_waits(ada):
    checked = check_draft(a_course(by=ada))

    assert [("digest" in vars(node), node.media) for node in checked.known] == [(True, [])] * len(
        pages_below(checked.nodes[0].page)
    )
