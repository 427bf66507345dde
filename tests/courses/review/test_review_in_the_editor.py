"""The team's side of a review, in the editor: submit, mend, remove, archive."""

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from courses import releases
from courses.models import CoursePage, CourseRelease
from tests.builders import a_course, a_released_course, a_submission, lesson_called


def page(name, *args):
    return reverse(f"moderation:{name}", args=args)


def course_form(course, **action):
    return nested_form_data(
        {
            "title": course.title,
            "slug": course.slug,
            "subtitle": course.subtitle,
            "description": rich_text(course.description),
            "category": course.category_id,
            "tags": "",
            "thumbnail": "",
            "structure_type": course.structure_type,
            "level": course.level,
            "language": course.language,
            "price": str(course.price),
            "currency": course.currency,
            "what_you_will_learn": streamfield([("item", "Sew a straight seam by hand")]),
            "requirements": streamfield([]),
            "comments": inline_formset([]),
            **action,
        }
    )


def test_the_editors_button_submits_and_pins_what_it_saved(client, ada):
    course = a_course(by=ada)
    client.force_login(ada)
    data = {**course_form(course), "title": "Sewing, slowly", "action-submit": "1"}

    client.post(reverse("wagtailadmin_pages:edit", args=[course.pk]), data)

    release = CourseRelease.objects.get(course=course)
    assert (release.status, release.submitted_by) == ("in_review", ada)
    assert release.items.get(kind="course").title == "Sewing, slowly"
    task_state = release.workflow_state.current_task_state
    assert task_state.revision == release.items.get(kind="course").revision


def test_the_editor_lists_what_to_mend_and_writes_nothing(client, ada):
    course = a_course(by=ada)
    lesson = lesson_called("Cutting straight", course=course)
    lesson.body = []
    lesson.save_revision()
    revision = CoursePage.objects.get(pk=course.pk).latest_revision_id
    client.force_login(ada)
    data = {**course_form(course), "title": "Sewing, slowly", "action-submit": "1"}

    html = client.post(reverse("wagtailadmin_pages:edit", args=[course.pk]), data).content.decode()

    assert html.count("Mend this first") == 1
    told = BeautifulSoup(html, "html.parser").select_one(".review-banner").text
    assert told.count("This lesson is empty. Write something first.") == 1
    edit = reverse("wagtailadmin_pages:edit", args=[lesson.pk])
    assert f'href="{edit}#:w:contentpath=body"' in html
    assert "could not be saved" not in html
    assert not CourseRelease.objects.exists()
    course = CoursePage.objects.get(pk=course.pk)
    assert (course.latest_revision_id, course.current_workflow_state) == (revision, None)


def test_the_editor_shows_the_moderators_note(client, ada, mira):
    release = a_submission(by=ada)
    releases.ask_for_changes(release=release, user=mira, note="Say who it is for.")
    client.force_login(ada)

    html = client.get(reverse("wagtailadmin_pages:edit", args=[release.course_id])).content.decode()

    assert "Mira Sandoval asks for changes" in html
    assert "Say who it is for." in html


def test_a_new_lesson_has_no_submit_button(client, ada):
    course = a_course(by=ada, syllabus=["One"])
    client.force_login(ada)

    address = reverse("wagtailadmin_pages:add", args=["courses", "lessonpage", course.pk])

    assert "action-submit" not in client.get(address).content.decode()


def test_a_released_lesson_is_removed_after_asking_and_kept_again(client, ada):
    lesson = lesson_called("Cutting straight", course=a_released_course(by=ada))
    client.force_login(ada)

    assert "with the next release" in client.get(page("remove", lesson.pk)).content.decode()
    client.post(page("remove", lesson.pk))
    lesson.refresh_from_db()
    assert lesson.retired
    html = client.get(reverse("wagtailadmin_pages:edit", args=[lesson.pk])).content.decode()
    assert page("keep", lesson.pk) in html
    client.post(page("keep", lesson.pk))
    lesson.refresh_from_db()
    assert not lesson.retired


def test_the_lead_archives_after_asking(client, ada):
    course = a_released_course(by=ada)
    client.force_login(ada)

    client.get(page("archive", course.pk))
    client.post(page("archive", course.pk))

    course.refresh_from_db()
    assert course.status == "archived"


@pytest.mark.parametrize("name", ["remove", "keep", "archive", "withdraw"])
def test_a_stranger_finds_nothing_to_remove_keep_archive_or_withdraw(name, client, ada, bruno):
    release = a_submission(by=ada)
    lesson = lesson_called("Cutting straight", course=release.course)
    client.force_login(bruno)
    pk = lesson.pk if name in ("remove", "keep") else release.course_id

    assert client.post(page(name, pk)).status_code == 404

    lesson.refresh_from_db()
    release.refresh_from_db()
    assert (lesson.retired, release.status) == (False, "in_review")
