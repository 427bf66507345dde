"""How far a course is from review, as the studio tells it: what is kept is never behind."""

from random import Random

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from courses import releases
from courses.checks import ready
from courses.checks.conditions import Condition
from courses.checks.readiness import problems_of
from courses.checks.ready import place, readiness_of, state_told, summaries_of
from courses.drafts.nodes import read_draft
from courses.models import ChapterPage, CoursePage, LessonPage
from courses.releases.retiring import keep_page, retire_page
from tests.builders import a_chapter, a_course, a_lesson, a_released_course, lesson_called

pytestmark = pytest.mark.django_db


@pytest.fixture
def course(ada):
    return a_course(by=ada)


def read_anew(course) -> list:
    return problems_of(read_draft(CoursePage.objects.get(pk=course.pk)))


def told(course) -> ready.Readiness:
    return readiness_of(CoursePage.objects.get(pk=course.pk))


def change(page, **fields) -> None:
    draft = page.get_latest_revision_as_object()
    for name, value in fields.items():
        setattr(draft, name, value)
    draft.save_revision(clean=False)


def test_a_course_that_lacks_nothing_meets_all_nine_conditions(course):
    readiness = told(course)

    assert (readiness.met, readiness.total, readiness.problems) == (9, 9, [])
    assert readiness.is_ready
    assert readiness.fine == list(Condition)


@pytest.mark.parametrize(
    ("fields", "unmet"),
    [
        ({"title": "\ufffe"}, Condition.TITLE),
        ({"subtitle": ""}, Condition.SUBTITLE),
        ({"description": ""}, Condition.DESCRIPTION),
        ({"category": None}, Condition.CATEGORY),
        ({"what_you_will_learn": []}, Condition.WHOM),
        ({"price": "0.10"}, Condition.PRICE),
        ({"structure_type": "flat"}, Condition.STRUCTURE),
    ],
)
def test_each_thing_that_is_missing_belongs_to_one_condition(course, fields, unmet):
    change(course, **fields)

    readiness = told(course)

    assert readiness.unmet == {unmet}
    assert readiness.met == 8


def test_a_course_without_a_lesson_says_nothing_yet_of_its_lessons(ada):
    readiness = told(a_course(by=ada, syllabus=[]))

    assert readiness.unmet == {Condition.STRUCTURE, Condition.PREVIEW, Condition.CONTENT}
    assert [problem.message for problem in readiness.problems] == ["Write at least one lesson."]


def test_an_empty_lesson_and_a_closed_course_are_two_conditions(course):
    for lesson in LessonPage.objects.descendant_of(course):
        change(lesson, is_preview=False)
    change(lesson_called("Cutting straight", course=course), body=[])

    assert told(course).unmet == {Condition.PREVIEW, Condition.CONTENT}


def test_a_lesson_of_headings_alone_is_not_finished(course):
    lesson = lesson_called("Cutting straight", course=course)
    heading = {"type": "heading", "value": {"text": "Do this", "level": "2"}, "id": "a"}
    change(lesson, body=LessonPage.body.field.to_python([heading]))

    assert [one.message for one in told(course).problems] == [
        "This lesson has headings, and nothing below them. Write what they promise."
    ]


def test_nothing_is_read_again_while_nothing_was_saved(course):
    told(course)
    row = CoursePage.objects.get(pk=course.pk)

    with CaptureQueriesContext(connection) as captured:
        readiness_of(row)

    assert len(captured) == 1


def test_only_the_page_that_was_saved_is_read_again(course, monkeypatch):
    told(course)
    lesson = lesson_called("Cutting straight", course=course)
    change(lesson, body=[])
    read = []
    monkeypatch.setattr(
        ready,
        "read_pages",
        lambda of, pages: read.extend(page.pk for page in pages) or _read_pages(of, pages),
    )

    assert told(course).unmet == {Condition.CONTENT}

    assert read == [lesson.pk]


_read_pages = ready.read_pages


def test_what_the_editor_saves_by_itself_over_the_same_revision_is_noticed(course):
    lesson = lesson_called("Cutting straight", course=course)
    revision = lesson.get_latest_revision()
    told(course)
    draft = lesson.get_latest_revision_as_object()
    draft.body = []
    draft.save_revision(user=revision.user, overwrite_revision=revision)

    readiness = told(course)

    assert lesson.get_latest_revision().pk == revision.pk
    assert readiness.unmet == {Condition.CONTENT}


def test_moving_lessons_is_noticed_though_nothing_is_read(course):
    told(course)
    tools = ChapterPage.objects.get(title="Tools")
    garment = ChapterPage.objects.get(title="The first garment")
    for lesson in LessonPage.objects.child_of(tools):
        lesson.move(garment, pos="last-child")

    assert [problem.where for problem in told(course).problems] == ["Chapter 1 “Tools”"]


def test_a_problem_is_called_by_the_number_that_its_lesson_has_now(course):
    change(lesson_called("Sew the side seams", course=course), body=[])
    assert [one.where for one in told(course).problems] == ["Lesson 2.2 “Sew the side seams”"]

    lesson_called("Sew the side seams", course=course).move(
        lesson_called("Measure yourself", course=course), pos="left"
    )

    assert [one.where for one in told(course).problems] == ["Lesson 2.1 “Sew the side seams”"]


def test_what_is_told_anew_reads_everything(course, django_assert_max_num_queries):
    told(course)
    LessonPage.objects.filter(title="Cutting straight").update(retired=True)

    assert readiness_of(CoursePage.objects.get(pk=course.pk), anew=True).lessons == 3


def test_another_language_is_told_in_its_own_words(course, settings):
    change(course, subtitle="")
    with override("en"):
        english = told(course).problems[0].message
    with override("en-xa"):
        pseudo = told(course).problems[0].message

    assert english != pseudo


def test_a_summary_is_told_only_while_it_is_true(course):
    def state() -> str:
        row = CoursePage.objects.get(pk=course.pk)
        lessons = LessonPage.objects.filter(path__startswith=row.path).annotate(at=place())
        leaving = ChapterPage.objects.filter(path__startswith=row.path, retired=True)
        return state_told(
            row,
            sum(lesson.at for lesson in lessons),
            leaving=leaving.values_list("path", flat=True),
        )

    assert summaries_of({course.pk: state()}) == {}
    told(course)
    assert summaries_of({course.pk: state()})[course.pk][1:] == (9, 9, 0)

    a_lesson(under=ChapterPage.objects.first(), title="Pins")
    assert summaries_of({course.pk: state()}) == {}

    told(course)
    ChapterPage.objects.filter(pk=ChapterPage.objects.first().pk).update(retired=True)
    assert summaries_of({course.pk: state()}) == {}
    told(course)
    assert summaries_of({course.pk: state()}) != {}


def test_a_released_lesson_is_not_read_and_another_is(ada):
    course = a_released_course(by=ada)
    assert told(course).is_ready
    change(lesson_called("Cutting straight", course=course), body=[])

    assert told(course).unmet == {Condition.CONTENT}


@pytest.mark.parametrize("seed", range(4))
def test_whatever_is_done_to_a_course_what_is_kept_says_what_reading_it_all_says(ada, seed):
    course = a_course(by=ada) if seed % 2 else a_released_course(by=ada)
    chance = Random(seed)
    for number in range(25):
        _something(course, chance, number)

        assert [str(one) for one in told(course).problems] == [
            str(one) for one in read_anew(course)
        ]


def _something(course, chance: Random, number: int) -> None:
    lessons = list(LessonPage.objects.descendant_of(course).order_by("path"))
    chapters = list(ChapterPage.objects.descendant_of(course).order_by("path"))
    lesson, chapter = chance.choice(lessons), chance.choice(chapters)
    user = course.owner
    match chance.randrange(8):
        case 0:
            change(lesson, body=[])
        case 1:
            change(lesson, body=[("rich_text", "<p>Begin with a thread.</p>")])
        case 2:
            change(lesson, title=f"Lesson {number}", is_preview=chance.random() < 0.3)
        case 3:
            lesson.move(chapter, pos="last-child")
        case 4:
            (keep_page if lesson.retired else retire_page)(page=lesson, user=user)
        case 5:
            a_lesson(under=chapter, title=f"New {number}", body=[])
        case 6:
            a_chapter(under=course, title=f"Chapter {number}")
        case 7:
            change(course, subtitle="" if chance.random() < 0.5 else "One sentence.")


def test_an_approved_course_is_as_ready_as_it_was_when_it_was_submitted(ada, mira):
    course = a_course(by=ada)
    told(course)
    release = releases.submit_course(course=course, user=ada)
    releases.approve_release(release=release, user=mira)

    assert told(course).met == 9
