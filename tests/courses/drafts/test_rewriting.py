"""Words of many drafts at once are what saving page after page leaves."""

import pytest
from django.db import transaction
from wagtail.models import Page, PageLogEntry, Revision

from courses.drafts.digest import content_digest
from courses.drafts.rewriting import rewrite
from courses.models import LessonPage, ReleaseItem
from tests.builders import a_course, a_released_course, lesson_called
from tests.comparing import everything

pytestmark = pytest.mark.django_db

# What differs on purpose: one promise for all pages; and a revision tells of its page's row what
# the revision before it told, which is no part of what it brings to the world.
APART = {"courses_promise", "wagtailcore_revision", "wagtailsearch_indexentry"}


def written(write, ada) -> tuple[dict, list[str]]:
    """All rows that ``write`` leaves, and what the latest revisions say; taken back again."""
    with transaction.atomic():
        course = a_course(by=ada, syllabus={"Tools": ["Needles", "Chalk"]})
        write([lesson_called("Needles", course=course), lesson_called("Chalk", course=course)])
        found = {table: rows for table, rows in everything().items() if table not in APART}
        pages = LessonPage.objects.descendant_of(course).order_by("path")
        said = [
            content_digest(LessonPage, page.latest_revision.content)
            + page.latest_revision.object_str
            + str(page.latest_revision.user)
            for page in pages
        ]
        transaction.set_rollback(True)
    return found, said


def page_by_page(lessons, ada) -> None:
    for lesson, title in zip(lessons, ("Pins", "White chalk"), strict=True):
        draft = lesson.get_latest_revision_as_object()
        draft.title, draft.is_preview = title, True
        draft.save_revision(user=ada, log_action=True, clean=False)


def at_once(lessons, ada) -> None:
    titles = zip(lessons, ("Pins", "White chalk"), strict=True)
    rewrite({lesson.pk: {"title": title, "is_preview": True} for lesson, title in titles}, by=ada)


def test_they_are_the_rows_of_page_by_page(ada):
    a_course(by=ada)  # whatever is founded once

    one_by_one, said = written(lambda lessons: page_by_page(lessons, ada), ada)
    together, said_together = written(lambda lessons: at_once(lessons, ada), ada)

    assert said_together == said
    assert together.keys() == one_by_one.keys()
    for table, rows in together.items():
        assert rows == one_by_one[table], table


def test_what_is_pinned_stays_as_it_was_pinned(ada):
    course = a_released_course(by=ada, syllabus={"Tools": ["Needles"]})
    lesson = lesson_called("Needles", course=course)
    before = ReleaseItem.objects.get(page=lesson).revision.content

    rewrite({lesson.pk: {"title": "Pins"}}, by=ada)

    assert ReleaseItem.objects.get(page=lesson).revision.content == before
    page = Page.objects.get(pk=lesson.pk)
    assert (page.draft_title, page.title, page.has_unpublished_changes) == ("Pins", "Needles", True)


def test_it_costs_the_same_for_two_and_for_sixty(ada, django_assert_max_num_queries):
    course = a_course(by=ada, syllabus={"Tools": [f"Stitch {n}" for n in range(60)]})
    pages = LessonPage.objects.descendant_of(course)

    with django_assert_max_num_queries(14):
        rewrite({page.pk: {"is_preview": True} for page in pages}, by=ada)

    assert Revision.objects.filter(content__is_preview=True).count() >= 60
    assert PageLogEntry.objects.filter(action="wagtail.edit", user=ada).count() == 60


def test_nothing_is_rewritten_of_nothing(ada, django_assert_max_num_queries):
    with django_assert_max_num_queries(3):
        rewrite({}, by=ada)
