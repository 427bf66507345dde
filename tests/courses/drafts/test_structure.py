"""Flat or hierarchical: what may stand where, and when one may switch."""

import pytest
from django.urls import reverse

from courses.drafts.structure import refusal_to_switch
from courses.models import ChapterPage, CoursePage, LessonPage
from courses.models.structure import draft_structure
from tests.builders import a_chapter, a_course, a_lesson
from tests.editor import course_post
from tests.people import logged_in

pytestmark = pytest.mark.django_db


def test_a_flat_course_takes_lessons_and_no_chapters(ada):
    course = a_course(by=ada, syllabus=[])

    assert LessonPage.can_create_at(course)
    assert not ChapterPage.can_create_at(course)


def test_a_hierarchical_course_takes_chapters_and_a_welcome_before_them(ada):
    course = a_course(by=ada, syllabus={})

    assert ChapterPage.can_create_at(course)
    assert LessonPage.can_create_at(course)


def test_chapters_nest_to_any_depth_and_lessons_hold_nothing(ada):
    course = a_course(by=ada, syllabus={})
    below = course
    for number in range(5):
        assert ChapterPage.can_create_at(below)
        below = a_chapter(under=below, title=f"Chapter {number}")
    lesson = a_lesson(under=below, title="Deep down")

    assert not ChapterPage.can_create_at(lesson)
    assert not LessonPage.can_create_at(lesson)


def test_the_menu_of_a_flat_course_offers_lessons_alone(client, ada):
    course = a_course(by=ada, syllabus=[])

    response = logged_in(client, ada).get(
        reverse("wagtailadmin_pages:add_subpage", args=[course.pk])
    )

    # Only one type can be made, so Wagtail goes straight to its form.
    assert response.status_code == 302
    assert response["Location"].endswith(f"/add/courses/lessonpage/{course.pk}/")


def test_a_chapter_cannot_be_made_in_a_flat_course_by_address(client, ada):
    course = a_course(by=ada, syllabus=[])

    response = logged_in(client, ada).post(
        reverse("wagtailadmin_pages:add", args=["courses", "chapterpage", course.pk]),
        {"title": "A chapter", "description": ""},
    )

    assert response.status_code == 302  # back to the dashboard, refused
    assert ChapterPage.objects.count() == 0


def test_a_chapter_cannot_be_moved_or_copied_into_a_flat_course(ada):
    flat = a_course(by=ada, title="Flat", syllabus=[])
    chapter = a_chapter(under=a_course(by=ada, syllabus={}), title="Tools")

    assert not chapter.can_move_to(flat)
    assert not ChapterPage.can_create_at(flat)


def test_switching_to_flat_is_refused_while_chapters_stand(client, ada):
    course = a_course(by=ada, syllabus={"Tools": ["Threads"], "Cloth": []})

    response = logged_in(client, ada).post(
        reverse("wagtailadmin_pages:edit", args=[course.pk]),
        course_post(course, structure_type="flat"),
    )

    page = response.content.decode()
    assert "A flat course has no chapters, and this one has 2 chapters" in page
    assert "“Tools”" in page
    course = CoursePage.objects.get(pk=course.pk)
    assert draft_structure(course) == "hierarchical"


def test_switching_to_flat_is_allowed_once_the_chapters_are_gone(client, ada):
    course = a_course(by=ada, syllabus={})
    a_lesson(under=course, title="Threads")

    response = logged_in(client, ada).post(
        reverse("wagtailadmin_pages:edit", args=[course.pk]),
        course_post(course, structure_type="flat"),
    )

    assert response.status_code == 302
    assert not ChapterPage.can_create_at(CoursePage.objects.get(pk=course.pk))


def test_switching_to_hierarchical_strands_nothing(client, ada):
    course = a_course(by=ada, syllabus=["Threads", "Needles"])

    response = logged_in(client, ada).post(
        reverse("wagtailadmin_pages:edit", args=[course.pk]),
        course_post(course, structure_type="hierarchical"),
    )

    assert response.status_code == 302
    assert ChapterPage.can_create_at(CoursePage.objects.get(pk=course.pk))


def test_the_draft_decides_even_while_the_live_course_is_of_the_former_kind(ada):
    course = a_course(by=ada, syllabus=[])
    draft = course.get_latest_revision_as_object()
    draft.structure_type = "hierarchical"
    draft.save_revision(user=ada)

    course = CoursePage.objects.get(pk=course.pk)

    assert course.structure_type == "flat"
    assert ChapterPage.can_create_at(course)


def test_a_retired_chapter_does_not_stand_in_the_way(ada):
    course = a_course(by=ada, syllabus={"Tools": []})
    ChapterPage.objects.update(retired=True)

    assert refusal_to_switch(course, "flat") is None


def test_one_chapter_in_the_way_is_named_and_more_are_counted(ada):
    course = a_course(by=ada, syllabus={"Tools": []})
    assert "this one has the chapter “Tools”. Move" in refusal_to_switch(course, "flat")

    a_chapter(under=course, title="Cloth")

    assert "has 2 chapters, the first being “Tools”. Move" in refusal_to_switch(course, "flat")
