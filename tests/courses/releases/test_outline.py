"""The outline that learners walk through."""

import uuid
from importlib import import_module

from django.apps import apps

from courses.models import ItemKind
from courses.releases.outline import get_outline, get_release_outline
from tests.builders import a_course, a_released_course, a_submission, lesson_called
from tests.media import a_file, video_with
from tests.study import a_flat_course

NESTED = {
    "Begin": ["Welcome"],
    "Maps": {"Contours": ["Read a hill", "Draw a hill"], "Scale": ["Measure"]},
}


def numbers(nodes):
    return [(node.number, node.title) for node in nodes]


def test_numbers_follow_the_tree(ada):
    outline = get_outline(a_released_course(by=ada, syllabus=NESTED).pk)

    assert numbers(outline.walk()) == [
        ("1", "Begin"),
        ("1.1", "Welcome"),
        ("2", "Maps"),
        ("2.1", "Contours"),
        ("2.1.1", "Read a hill"),
        ("2.1.2", "Draw a hill"),
        ("2.2", "Scale"),
        ("2.2.1", "Measure"),
    ]
    # A chapter inside a chapter is part of it.
    assert (outline.chapter_count, outline.lesson_count) == (2, 4)
    assert outline.lessons[2].depth == 2


def test_a_flat_course_counts_its_lessons(ada):
    outline = get_outline(a_released_course(by=ada, syllabus=["One", "Two"]).pk)

    assert numbers(outline.walk()) == [("1", "One"), ("2", "Two")]


def test_neighbours_cross_chapters(ada):
    outline = get_outline(a_released_course(by=ada, syllabus=NESTED).pk)
    first, second, *_, last = outline.lessons

    assert outline.neighbours(first.uuid) == (None, second)
    assert outline.neighbours(second.uuid)[0] == first
    assert outline.neighbours(last.uuid)[1] is None
    assert outline.neighbours(uuid.uuid4()) == (None, None)


def test_minutes_add_up_from_lessons_to_chapters_to_the_course(ada, mira):
    course = a_course(by=ada, syllabus=NESTED)
    for title, minutes in [("Read a hill", 7), ("Draw a hill", 12), ("Measure", 5)]:
        lesson = lesson_called(title, course=course)
        lesson.minutes = minutes
        lesson.save_revision()
    a_released_course(by=ada, course=course)

    outline = get_outline(course.pk)

    by_title = {node.title: node.minutes for node in outline.walk()}
    assert (by_title["Contours"], by_title["Maps"], by_title["Welcome"]) == (19, 24, 1)
    assert outline.minutes == outline.course_item.minutes == 25


def test_kinds_previews_and_quizzes_are_told(ada):
    course = a_course(by=ada, syllabus=["Watch", "Answer"])
    watch = lesson_called("Watch", course=course)
    watch.body = [("video", {"title": "A hill", "url": "https://vimeo.com/76979871"})]
    watch.is_preview = True
    watch.save_revision()
    answer = lesson_called("Answer", course=course)
    question = {"statement": "<p>North is up.</p>", "answer": "true"}
    answer.body = [("true_false", question)]
    answer.save_revision()
    a_released_course(by=ada, course=course)

    outline = get_outline(course.pk)

    first, second = outline.lessons
    assert (first.content_type, first.icon, first.preview) == ("video", "play", True)
    assert (second.has_quiz, second.icon, second.preview) == (True, "list-checks", False)
    assert outline.preview == first


def test_an_outline_costs_one_query_at_any_size(ada, django_assert_num_queries):
    small = a_released_course(by=ada, syllabus=["One"])
    large = a_released_course(by=ada, title="Long", syllabus=[f"Lesson {n}" for n in range(25)])

    for course in (small, large):
        with django_assert_num_queries(1):  # items with their release
            outline = get_outline(course.pk)
            assert outline.lessons[-1].number == str(outline.lesson_count)
            assert outline.release.number == 1


def test_a_course_that_was_never_released_has_an_empty_outline(ada):
    course = a_submission(by=ada).course

    outline = get_outline(course.pk)

    assert not outline
    assert (outline.lessons, outline.minutes, outline.release) == ([], 0, None)


def test_a_submission_has_an_outline_of_its_own(ada):
    release = a_submission(by=ada, syllabus=["One", "Two"])

    outline = get_release_outline(release)

    assert (outline.release, outline.lesson_count) == (release, 2)


def test_items_written_before_are_told_how_long_their_videos_run(ada):
    films = [video_with(a_file()), video_with(a_file("two.mp4"))]
    course = a_flat_course(("Watch", films), ("Read", [("rich_text", "<p>Ink</p>")]), by=ada)
    items = course.releases.get().items.filter(kind=ItemKind.LESSON)
    assert list(items.values_list("video_seconds", flat=True)) == [40, 0]
    items.update(video_seconds=0)

    import_module("courses.migrations.0012_releases_know_how_long_videos_run").fill(apps, None)

    assert list(items.values_list("video_seconds", flat=True)) == [40, 0]
