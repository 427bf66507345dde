"""Chapters and lessons are moved anywhere in their course, and nowhere else."""

import pytest
from wagtail.models import Page, PageLogEntry

from courses.editor.frame import course_frame, course_in_frame
from courses.errors import CourseError
from courses.models.outline import OutlineChange, OutlineVerb
from courses.outline import moving
from courses.outline.errors import OutlineClash
from courses.outline.tree import OutlinePlace
from courses.releases import approve_release, submit_course
from tests.builders import a_course, a_released_course
from tests.teams import add_instructor

from .drawn import Desk, called, drawn

pytestmark = pytest.mark.django_db

BEFORE = [
    "1 Tools",
    "1.1 Needles",
    "1.2 Scissors",
    "1.3 Chalk",
    "2 Stitches",
    "2.1 By hand",
    "2.1.1 Running",
    "2.1.2 Back",
    "2.2 Finishing",
    "2.2.1 Hem",
    "3 A shirt",
    "3.1 Measure",
    "3.2 Sew",
]


def test_a_lesson_moves_between_its_neighbours(desk, course):
    desk.move("Needles", into="Tools", after="Scissors")

    assert drawn(course)[:4] == ["1 Tools", "1.1 Scissors", "1.2 Needles", "1.3 Chalk"]


def test_a_lesson_moves_to_the_first_place_of_another_chapter(desk, course):
    desk.move("Sew", into="Finishing")

    assert drawn(course)[8:] == [
        "2.2 Finishing",
        "2.2.1 Sew",
        "2.2.2 Hem",
        "3 A shirt",
        "3.1 Measure",
    ]


def test_a_chapter_moves_with_all_that_stands_in_it_to_another_depth(desk, course):
    desk.move("By hand", after="A shirt")

    assert drawn(course)[4:] == [
        "2 Stitches",
        "2.1 Finishing",
        "2.1.1 Hem",
        "3 A shirt",
        "3.1 Measure",
        "3.2 Sew",
        "4 By hand",
        "4.1 Running",
        "4.2 Back",
    ]


def test_many_move_together_in_reading_order(desk, course):
    desk.move("Sew", "Needles", "Running", into="Tools", after="Chalk")

    assert drawn(course)[:6] == [
        "1 Tools",
        "1.1 Scissors",
        "1.2 Chalk",
        "1.3 Needles",
        "1.4 Running",
        "1.5 Sew",
    ]


def test_what_goes_along_with_its_chapter_is_moved_once(desk, course):
    desk.move("By hand", "Running", after="Tools")

    assert drawn(course)[4:7] == ["2 By hand", "2.1 Running", "2.2 Back"]


def test_they_may_be_put_beside_one_of_themselves(desk, course):
    desk.move("Needles", "Scissors", into="Tools", after="Scissors")

    assert drawn(course) == BEFORE


def test_wagtails_tree_is_whole_after_it(desk, course):
    desk.move("Finishing", "Needles", after="Tools")
    desk.move("Stitches", into="A shirt", after="Measure")

    assert Page.find_problems() == ([], [], [], [], [])
    page = Page.objects.get(pk=called("Hem", course))
    assert page.url_path == f"{page.get_parent().url_path}{page.slug}/"


def test_lessons_called_alike_may_meet_in_one_chapter(desk, course):
    desk.rename("Sew", "Needles, again")
    Page.objects.filter(pk=called("Needles, again", course)).update(slug="needles")

    desk.move("Needles, again", into="Tools")

    slugs = Page.objects.get(pk=called("Tools", course)).get_children().values_list("slug")
    assert sorted(slug for (slug,) in slugs) == ["chalk", "needles", "needles-2", "scissors"]


def test_a_chapter_cannot_stand_in_itself(desk, course):
    with pytest.raises(CourseError) as refused:
        desk.move("Stitches", into="By hand")

    assert refused.value.code == "in_itself"
    assert drawn(course) == BEFORE
    assert not OutlineChange.objects.exists()


def test_nothing_stands_in_a_lesson(desk, course):
    with pytest.raises(OutlineClash) as refused:
        desk.move("Needles", into="Sew")

    assert refused.value.code == "place_gone"
    assert drawn(course) == BEFORE


def test_a_flat_course_takes_no_chapter_that_came_from_elsewhere(ada):
    course = a_course(by=ada, title="Knots", syllabus=["Reef", "Bowline"])
    with pytest.raises(CourseError) as refused:
        Desk(course, ada).add("A chapter", kind="chapter")

    assert refused.value.code == "flat_course"
    assert drawn(course) == ["1 Reef", "2 Bowline"]


def test_no_part_of_another_course_is_moved_nor_moved_into(desk, course, ada):
    other = a_course(by=ada, title="Knots")
    theirs = called("Two needles and a thread", other)

    with pytest.raises(OutlineClash) as refused:
        moving.move(pages=[theirs], to=OutlinePlace(course.pk, None), seen=0, **desk.asked())
    assert refused.value.code == "part_gone"
    with pytest.raises(OutlineClash) as refused:
        moving.move(
            pages=desk.keys(["Needles"]),
            to=OutlinePlace(called("Tools", other), None),
            seen=0,
            **desk.asked(),
        )
    assert refused.value.code == "place_gone"
    assert drawn(course) == BEFORE
    assert len(drawn(other)) == 6


def test_somebody_who_does_not_teach_it_moves_nothing(course, bruno):
    with pytest.raises(CourseError) as refused:
        Desk(course, bruno).move("Needles", into="A shirt")

    assert refused.value.code == "only_team_changes_outline"
    assert drawn(course) == BEFORE


def test_a_course_that_is_locked_in_the_editor_keeps_its_order(course, ada, bruno):
    add_instructor(course=course, email=bruno.email, by=ada)
    Page.objects.filter(pk=course.pk).update(locked=True, locked_by=bruno)

    with pytest.raises(CourseError) as refused:
        Desk(course, ada).move("Needles", into="A shirt")

    assert refused.value.code == "page_locked"
    assert drawn(course) == BEFORE


def test_the_same_request_sent_again_changes_nothing(desk, course):
    asked = desk.asked()
    sent = {"pages": desk.keys(["Needles"]), "to": desk.place("A shirt", "Sew"), "seen": 0}

    first = moving.move(**sent, **asked)
    desk.move("Needles", into="Tools")
    again = moving.move(**sent, **asked)

    assert again == first
    assert drawn(course) == BEFORE


def test_who_moves_what_another_moved_is_told_and_changes_nothing(course, ada, bruno):
    add_instructor(course=course, email=bruno.email, by=ada)
    hers, his = Desk(course, ada), Desk(course, bruno)
    hers.move("Sew", into="Finishing", after="Hem")

    with pytest.raises(OutlineClash) as refused:
        his.move("Sew", into="Tools", seen=0)

    assert (refused.value.code, refused.value.who) == ("moved_meanwhile", "Ada Okafor")
    assert refused.value.pages == [called("Sew", course)]
    assert drawn(course)[8:11] == ["2.2 Finishing", "2.2.1 Hem", "2.2.2 Sew"]

    his.move("Sew", into="Tools", seen=1)
    assert drawn(course)[:2] == ["1 Tools", "1.1 Sew"]


def test_who_moves_something_else_is_not_disturbed(course, ada, bruno):
    add_instructor(course=course, email=bruno.email, by=ada)
    Desk(course, ada).move("Sew", into="Finishing", after="Hem")

    Desk(course, bruno).move("Needles", into="Tools", after="Chalk", seen=0)

    assert drawn(course)[:4] == ["1 Tools", "1.1 Scissors", "1.2 Chalk", "1.3 Needles"]


def test_a_neighbour_that_went_elsewhere_is_told(course, ada, bruno):
    add_instructor(course=course, email=bruno.email, by=ada)
    place = Desk(course, bruno).place("Tools", "Chalk")
    Desk(course, ada).move("Chalk", into="A shirt")

    with pytest.raises(OutlineClash) as refused:
        moving.move(pages=[called("Hem", course)], to=place, seen=0, **Desk(course, bruno).asked())

    assert refused.value.code == "place_gone"
    assert drawn(course)[7:9] == ["2.2 Finishing", "2.2.1 Hem"]


def test_each_move_is_in_the_history_of_its_page(desk, course, ada):
    desk.move("Needles", into="Tools", after="Chalk")
    desk.move("Needles", into="A shirt")

    entries = PageLogEntry.objects.filter(page=called("Needles", course), user=ada)
    told = entries.filter(action__in=["wagtail.move", "wagtail.reorder"]).order_by("timestamp")
    assert [entry.action for entry in told] == ["wagtail.reorder", "wagtail.move"]


def test_learners_see_nothing_of_it(ada, client):
    course = a_released_course(by=ada, syllabus={"Tools": ["Needles", "Chalk"]})
    Desk(course, ada).move("Chalk", into="Tools")
    assert drawn(course)[1] == "1.1 Chalk"

    shown = client.get(f"/courses/{course.slug}/").content.decode()
    contents = shown[shown.index('id="contents"') :]
    assert contents.index("Needles") < contents.index("Chalk")


def test_another_order_alone_is_a_change_that_can_be_submitted(ada, mira):
    course = a_released_course(by=ada, syllabus={"Tools": ["Needles", "Chalk"]})
    Desk(course, ada).move("Chalk", into="Tools")

    course = course_in_frame(user=ada, course_id=course.pk)
    frame = course_frame(course, user=ada, tab="outline")
    assert (frame.state.tone, frame.submission.is_ready) == ("changed", True)

    approve_release(release=submit_course(course=course, user=ada), user=mira)
    released = course_in_frame(user=ada, course_id=course.pk)
    assert course_frame(released, user=ada, tab="outline").state.tone == "live"


def test_a_move_in_wagtails_explorer_is_written_down_too(course, ada, bruno):
    add_instructor(course=course, email=bruno.email, by=ada)
    page = Page.objects.get(pk=called("Needles", course))

    page.move(Page.objects.get(pk=called("A shirt", course)), pos="last-child", user=ada)

    change = OutlineChange.objects.get()
    assert (change.verb, change.number) == (OutlineVerb.MOVE, 1)
    with pytest.raises(OutlineClash):
        Desk(course, bruno).move("Needles", into="Finishing", seen=0)
