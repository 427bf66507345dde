"""What a course needs before it is submitted, and who may submit it."""

import pytest
from django.urls import reverse
from wagtail.models import Page

from courses import releases
from courses.errors import CourseError, SubmissionRefused
from courses.models import ChapterPage, CoursePage, CourseRelease, LessonPage
from tests.builders import (
    a_category,
    a_chapter,
    a_course,
    a_lesson,
    a_released_course,
    a_submission,
    lesson_called,
)
from tests.people import logged_in


def refused(course, by):
    with pytest.raises(SubmissionRefused) as refusal:
        releases.submit_course(course=course, user=by)
    return [str(problem) for problem in refusal.value.problems]


def test_a_course_that_is_not_ready_is_refused_with_everything_to_mend(ada):
    course = a_course(by=ada, category=None, subtitle="", what_you_will_learn=[])
    lesson = lesson_called("Cutting straight", course=course)
    lesson.body = [("video", {"title": "", "url": "", "captions": []}), ("rich_text", "")]
    lesson.save_revision(clean=False)
    a_chapter(under=course, title="Finishing")
    empty = a_lesson(under=ChapterPage.objects.get(title="Tools"), title="Thimbles", body=[])
    pages = Page.objects.count()

    problems = refused(course, ada)

    assert problems == [
        "The course: Choose a category, so that learners can find it.",
        "The course: Write the subtitle: one sentence that says what a learner can do afterwards.",
        "The course: List at least one thing a learner will be able to do.",
        "Chapter 3 “Finishing”: This chapter is empty. Write a lesson or remove it.",
        "Lesson 1.2 “Cutting straight”: block 1 (Video), Title: Fill this in, or remove the block.",
        "Lesson 1.2 “Cutting straight”: block 2 (Text): Fill this in, or remove the block.",
        f"Lesson 1.3 “{empty.title}”: This lesson is empty. Write something first.",
    ]
    assert not CourseRelease.objects.exists()
    assert course.current_workflow_state is None
    assert Page.objects.count() == pages


def test_each_finding_leads_to_the_field_or_block_it_is_about(ada):
    course = a_course(by=ada, category=None, subtitle="", what_you_will_learn=[])
    lesson = lesson_called("Cutting straight", course=course)
    options = [{"text": "Backstitch", "correct": True}, {"text": "Backstitch"}]
    question = {"question": "<p>Which?</p>", "options": options, "explanation": ""}
    lesson.body = [
        ("video", {"title": "", "url": "https://vimeo.com/channels/76979871", "captions": []}),
        ("downloads", {"heading": "Keep", "files": [{"title": "", "file": None}]}),
        ("single_choice", question),
    ]
    lesson.save_revision(clean=False)
    a_chapter(under=course, title="Finishing")
    film, keep, asked = lesson.get_latest_revision_as_object().body
    file = keep.value["files"].bound_blocks[0].id
    edit = [
        reverse("wagtailadmin_pages:edit", args=[page.pk]) + "#:w:contentpath="
        for page in (course, lesson)
    ]

    with pytest.raises(SubmissionRefused) as refusal:
        releases.submit_course(course=course, user=ada)

    urls = [problem.url for problem in refusal.value.problems]
    assert urls == [
        f"{edit[0]}category",
        f"{edit[0]}subtitle",
        f"{edit[0]}what_you_will_learn",
        reverse("wagtailadmin_explore", args=[ChapterPage.objects.get(title="Finishing").pk]),
        f"{edit[1]}body.{film.id}.title",
        f"{edit[1]}body.{film.id}.url",
        f"{edit[1]}body.{keep.id}.files.{file}.title",
        f"{edit[1]}body.{keep.id}.files.{file}.file",
        f"{edit[1]}body.{asked.id}.options",
    ]


def test_a_flat_course_with_chapters_is_refused(ada):
    flat = a_course(by=ada)
    flat.structure_type = "flat"
    flat.save_revision()

    assert "Chapter 1 “Tools”: A flat course has no chapters" in refused(flat, ada)[0]


def test_a_hierarchical_course_without_chapters_is_refused(ada):
    course = a_course(by=ada, title="Mending", syllabus=["Darn a sock", "Sew on a button"])
    course.structure_type = "hierarchical"
    course.save_revision()

    assert refused(course, ada) == [
        "The course: A hierarchical course has chapters. Make one and move the lessons into it, "
        "or make the course flat."
    ]


def test_a_lesson_may_welcome_before_the_first_chapter_and_not_stand_after_it(ada):
    course = a_course(by=ada)
    welcome = a_lesson(under=course, title="Welcome")

    assert refused(course, ada) == [
        "Lesson 3 “Welcome”: In a hierarchical course a lesson stands in a chapter, or before "
        "the first one. Move it there, or make the course flat."
    ]

    welcome.move(course, pos="first-child")
    release = releases.submit_course(course=course, user=ada)
    assert list(release.items.values_list("number", "title")[1:3]) == [
        ("1", "Welcome"),
        ("2", "Tools"),
    ]


def test_a_lesson_between_two_chapters_is_refused(ada):
    course = a_course(by=ada)
    tools = course.get_children().first()
    between = a_lesson(under=course, title="Between")
    between.move(tools, pos="right")

    assert refused(course, ada) == [
        "Lesson 2 “Between”: In a hierarchical course a lesson stands in a chapter, or before "
        "the first one. Move it there, or make the course flat."
    ]


@pytest.mark.parametrize("nothing", ["<p> </p>", "<p>&nbsp;</p><ul><li>\xa0</li></ul>"])
def test_spaces_are_no_words(ada, nothing):
    blank = {"subtitle": " \xa0", "what_you_will_learn": [("item", " ")]}
    course = a_course(by=ada, description=nothing, **blank)

    assert refused(course, ada) == [
        "The course: Write the subtitle: one sentence that says what a learner can do afterwards.",
        "The course: Write the description.",
        "The course: List at least one thing a learner will be able to do.",
    ]


def test_a_formula_is_as_good_as_words(ada):
    formula = '<p><embed embedtype="formula" tex="x^2"/></p>'

    release = releases.submit_course(course=a_course(by=ada, description=formula), user=ada)

    assert release.items.get(kind="course").revision.as_object().description == formula


@pytest.fixture
def weaving(ada):
    """A course whose draft alone stands under a subject; nothing else keeps it from going."""
    course = a_course(by=ada)
    course.category = a_category("Weaving")
    course.save_revision(user=ada)
    return course


def test_a_subject_that_has_gone_since_is_chosen_anew(client, ada, weaving):
    weaving.category.delete()

    edit = reverse("wagtailadmin_pages:edit", args=[weaving.pk])
    assert logged_in(client, ada).get(edit).status_code == 200
    assert refused(weaving, ada) == ["The course: Choose a category, so that learners can find it."]


def test_a_course_is_released_though_its_subject_went_while_it_was_read(ada, mira, weaving):
    release = releases.submit_course(course=weaving, user=ada)
    weaving.category.delete()

    releases.approve_release(release=release, user=mira)

    shown = CoursePage.objects.get(pk=weaving.pk)
    assert (shown.live, shown.category) == (True, None)


def test_a_course_without_lessons_is_refused(ada):
    assert refused(a_course(by=ada, syllabus=[]), ada) == ["The course: Write at least one lesson."]


CLOSED = (
    "The course: Open at least one lesson to everyone (tick “Open preview” in it), so that people "
    "can look inside before they decide."
)


def close_every_lesson(course):
    for lesson in LessonPage.objects.descendant_of(course):
        draft = lesson.get_latest_revision_as_object()
        draft.is_preview = False
        draft.save_revision()


@pytest.mark.parametrize("price", ["24.00", "0"])
def test_a_course_without_an_open_lesson_is_refused(ada, price):
    """The shop says of every course that one may look inside."""
    course = a_course(by=ada, price=price)
    close_every_lesson(course)

    assert refused(course, ada) == [CLOSED]
    assert not CourseRelease.objects.exists()


def test_a_course_whose_only_open_lesson_leaves_is_refused(ada, mira):
    course = a_released_course(by=ada)
    releases.retire_page(page=lesson_called("Sew the side seams", course=course), user=ada)

    assert refused(course, ada) == [CLOSED]
    assert course.releases.count() == 1


def test_a_refused_resubmission_leaves_the_review_where_it_was(ada, mira):
    release = a_submission(by=ada)
    releases.ask_for_changes(release=release, user=mira, note="Shorten the second chapter.")
    lesson = lesson_called("Cutting straight", course=release.course)
    lesson.body = []
    lesson.save_revision()

    refused(release.course, ada)

    state = CoursePage.objects.get(pk=release.course_id).current_workflow_state
    assert (state.status, state.current_task_state.status) == ("needs_changes", "rejected")
    assert release.course.releases.count() == 1


def test_only_the_team_submits(ada, bruno):
    course = a_course(by=ada)

    with pytest.raises(CourseError, match="Only its team") as refusal:
        releases.submit_course(course=course, user=bruno)
    assert refusal.value.code == "only_team_submits"

    assert not CourseRelease.objects.exists()


def test_a_course_in_review_is_not_submitted_twice(ada):
    release = a_submission(by=ada)

    with pytest.raises(CourseError, match="being reviewed already") as refusal:
        releases.submit_course(course=release.course, user=ada)
    assert refusal.value.code == "in_review_already"

    assert CourseRelease.objects.count() == 1
