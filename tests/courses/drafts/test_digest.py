"""The digest pins what a release shows, and nothing else."""

import pytest

from courses.drafts.digest import content_digest
from courses.models import CoursePage, LessonPage
from tests.builders import a_course, lesson_called


def digest_of(page) -> str:
    return content_digest(type(page), page.save_revision(clean=False).content)


def test_saying_the_same_again_has_the_same_digest(ada):
    lesson = lesson_called("Cutting straight", course=a_course(by=ada))

    assert digest_of(lesson) == digest_of(LessonPage.objects.get(pk=lesson.pk))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("title", "Cutting on the bias"),
        ("body", [("rich_text", "<p>Other words.</p>")]),
        ("is_preview", True),
        ("minutes", 9),
        ("pass_mark", 50),
    ],
)
def test_every_field_that_learners_see_changes_it(ada, name, value):
    lesson = lesson_called("Cutting straight", course=a_course(by=ada))
    before = digest_of(lesson)

    setattr(lesson, name, value)

    assert digest_of(lesson) != before


@pytest.mark.parametrize(("name", "value"), [("locked", True), ("live", True), ("retired", True)])
def test_what_no_release_takes_from_a_revision_does_not(ada, name, value):
    lesson = lesson_called("Cutting straight", course=a_course(by=ada))
    before = digest_of(lesson)

    setattr(lesson, name, value)

    assert digest_of(lesson) == before


def test_tags_price_and_outcomes_of_a_course_count(ada):
    course = a_course(by=ada)
    seen = {digest_of(course)}

    course.tags.add("textiles")
    seen.add(digest_of(course))
    course.price = 25
    seen.add(digest_of(course))
    course.what_you_will_learn = [("item", "Thread a needle")]
    seen.add(digest_of(course))

    assert len(seen) == 4


def test_tags_saved_to_the_database_do_not(ada):
    course = a_course(by=ada)
    course.tags.add("textiles")
    before = digest_of(course)

    course.save()

    assert digest_of(CoursePage.objects.get(pk=course.pk)) == before
