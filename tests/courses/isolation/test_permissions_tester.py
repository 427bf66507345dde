"""No way around a release: views, bulk actions, the admin's API and code, for everybody."""

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.models import GroupPagePermission, Page, PageViewRestriction
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from courses import releases
from courses.errors import CourseError
from courses.models import ChapterPage, LessonPage
from tests.builders import (
    a_chapter,
    a_course,
    a_lesson,
    a_released_course,
    a_submission,
    lesson_called,
)


@pytest.fixture(params=["a member of the team", "a superuser"])
def somebody_with_rights(request, ada, ivo):
    """Whoever stands nearest to publishing: neither of them may."""
    if request.param == "a member of the team":
        return ada
    ivo.is_superuser = True
    ivo.save()
    return ivo


@pytest.fixture
def browser(client, somebody_with_rights):
    client.force_login(somebody_with_rights)
    return client


@pytest.fixture
def course(ada):
    """Released, with a draft on top of one lesson and one lesson that is new."""
    course = a_released_course(by=ada)
    lesson = lesson_called("Cutting straight", course=course)
    lesson.title = "Cutting on the bias"
    lesson.save_revision(user=ada)
    a_lesson(under=ChapterPage.objects.get(title="Tools"), title="Thimbles")
    return course


@pytest.fixture
def lesson(course):
    return LessonPage.objects.get(slug="cutting-straight")


def tree():
    return list(
        Page.objects.order_by("path").values_list(
            "pk", "path", "live", "live_revision_id", "title", "alias_of_id", "expire_at"
        )
    )


def lesson_form(title="Another title", **action):
    body = streamfield([("rich_text", rich_text("<p>Other words.</p>"))])
    data = {"title": title, "body": body, "pass_mark": "70", "minutes": "", **action}
    return nested_form_data(data)


# The nine ways round a release


def test_saving_with_publish_saves_a_draft(browser, lesson):
    before = tree()

    browser.post(
        reverse("wagtailadmin_pages:edit", args=[lesson.pk]),
        {**lesson_form(), "action-publish": "1"},
    )

    assert tree() == before
    draft = LessonPage.objects.get(pk=lesson.pk).get_latest_revision_as_object()
    assert draft.title == "Another title"


def test_creating_with_publish_creates_a_draft(browser, course):
    chapter = ChapterPage.objects.get(title="Tools")

    browser.post(
        reverse("wagtailadmin_pages:add", args=["courses", "lessonpage", chapter.pk]),
        {**lesson_form("Born live"), "action-publish": "1", "live": "1"},
    )

    assert not LessonPage.objects.get(title="Born live").live


def test_creating_with_submit_creates_a_draft_without_a_workflow(browser, ada):
    course = a_course(by=ada, syllabus=["One"])

    response = browser.post(
        reverse("wagtailadmin_pages:add", args=["courses", "lessonpage", course.pk]),
        {**lesson_form("Alone"), "action-submit": "1"},
    )

    assert response.status_code == 302
    assert LessonPage.objects.get(title="Alone").current_workflow_state is None


def test_a_schedule_in_the_form_is_ignored(browser, lesson):
    past = "2001-01-01 00:00"

    browser.post(
        reverse("wagtailadmin_pages:edit", args=[lesson.pk]),
        {**lesson_form(), "go_live_at": past, "expire_at": past, "action-publish": "1"},
    )
    call_command("publish_scheduled")

    lesson = LessonPage.objects.get(pk=lesson.pk)
    draft = lesson.get_latest_revision_as_object()
    assert (draft.go_live_at, draft.expire_at) == (None, None)
    assert (lesson.live, lesson.title) == (True, "Cutting straight")


@pytest.mark.parametrize("name", ["unpublish", "delete"])
def test_what_is_released_is_not_unpublished_or_deleted(browser, lesson, course, name):
    before = tree()

    for page in (lesson, course, ChapterPage.objects.get(title="Tools")):
        address = reverse(f"wagtailadmin_pages:{name}", args=[page.pk])
        browser.post(address, {"confirm": "Perfomix", "confirm_site_name": "Perfomix"})

    assert tree() == before


@pytest.mark.parametrize("action", ["publish", "unpublish", "delete"])
def test_bulk_actions_leave_it_alone(browser, lesson, course, action):
    before = tree()
    ids = [lesson.pk, course.pk, *course.get_children().values_list("pk", flat=True)]
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", action])

    browser.post(
        f"{address}?{'&'.join(f'id={pk}' for pk in ids)}&next=/admin/",
        {"include_descendants": "on", "confirm": "Perfomix"},
    )

    assert tree() == before


def test_a_lesson_does_not_move_or_copy_to_another_course(
    browser, lesson, somebody_with_rights, ada
):
    other = ChapterPage.objects.descendant_of(a_course(by=ada, title="Mending")).first()
    before = tree()

    browser.post(reverse("wagtailadmin_pages:move_confirm", args=[lesson.pk, other.pk]))
    bulk = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "move"])
    browser.post(f"{bulk}?id={lesson.pk}&next=/admin/", {"chooser": other.pk})
    for extra in ({}, {"alias": "on"}, {"publish_copies": "on"}):
        browser.post(
            reverse("wagtailadmin_pages:copy", args=[lesson.pk]),
            {"new_title": "Mine", "new_slug": "mine", "new_parent_page": other.pk, **extra},
        )

    assert tree() == before


def test_an_alias_inside_the_course_is_refused_too(browser, lesson):
    before = tree()

    browser.post(
        reverse("wagtailadmin_pages:copy", args=[lesson.pk]),
        {
            "new_title": "Twin",
            "new_slug": "twin",
            "new_parent_page": lesson.get_parent().pk,
            "alias": "on",
        },
    )

    assert not Page.objects.filter(alias_of__isnull=False).exists()
    assert [row for row in tree() if row[0] in {page[0] for page in before}] == before


@pytest.mark.parametrize("action", ["publish", "unpublish", "delete", "create_alias", "copy"])
def test_the_admin_api_leaves_it_alone(browser, lesson, somebody_with_rights, action):
    before = tree()
    address = reverse("wagtailadmin_api:pages:action", args=[lesson.pk, action])

    browser.post(
        address,
        {"recursive": False, "keep_live": True, "slug": "twin", "title": "Twin"},
        content_type="application/json",
    )

    assert tree() == before


def test_the_api_moves_a_lesson_no_further_than_its_course(browser, lesson, ada):
    other = ChapterPage.objects.descendant_of(a_course(by=ada, title="Mending")).first()
    before = tree()

    browser.post(
        reverse("wagtailadmin_api:pages:action", args=[lesson.pk, "move"]),
        {"destination_page_id": other.pk},
        content_type="application/json",
    )

    assert tree() == before


def test_approving_ones_own_submission_in_the_editor_is_refused(browser, course, ada, ivo):
    release = a_submission(by=ada, course=course)
    course.team.create(course=course, user=ivo)
    before = tree()
    task_state = release.workflow_state.current_task_state

    browser.post(
        reverse("wagtailadmin_pages:workflow_action", args=[course.pk, "approve", task_state.pk]),
        {"comment": ""},
    )

    release.refresh_from_db()
    assert release.status == "in_review"
    assert tree() == before


def test_nobody_hides_a_course_behind_a_password(browser, course):
    browser.post(
        reverse("wagtailadmin_pages:set_privacy", args=[course.pk]),
        {"restriction_type": "password", "password": "sesame", "groups": []},
    )

    assert not PageViewRestriction.objects.exists()


def test_code_is_told_no(course, lesson):
    before = tree()
    revision = lesson.get_latest_revision()

    for verb in (
        revision.publish,
        lambda: lesson.publish(revision),
        lesson.unpublish,
        lesson.create_alias,
    ):
        with pytest.raises(CourseError):
            verb()

    assert tree() == before


def test_a_schedule_on_a_pinned_revision_does_nothing(ada, course, lesson):
    revision = lesson.get_latest_revision()
    revision.approved_go_live_at = timezone.now()
    revision.save()
    before = tree()

    with pytest.raises(CourseError):
        call_command("publish_scheduled")

    assert tree() == before


# What the team may do inside its course


def test_the_team_reorders_and_moves_what_is_released(course, lesson, ada):
    tools = ChapterPage.objects.get(title="Tools")
    garment = ChapterPage.objects.get(title="The first garment")

    assert course.permissions_for_user(ada).can_reorder_children()
    assert tools.permissions_for_user(ada).can_reorder_children()
    assert not lesson.permissions_for_user(ada).can_reorder_children()
    assert lesson.permissions_for_user(ada).can_move_to(garment)
    assert not tools.permissions_for_user(ada).can_move_to(tools.get_children().first())
    assert lesson.permissions_for_user(ada).can_copy_to(garment)


def test_the_team_moves_a_lesson_in_the_editor(client, course, lesson, ada):
    client.force_login(ada)
    garment = ChapterPage.objects.get(title="The first garment")

    client.post(reverse("wagtailadmin_pages:move_confirm", args=[lesson.pk, garment.pk]))

    assert Page.objects.get(pk=lesson.pk).get_parent().specific == garment


def test_what_was_never_submitted_can_be_deleted(client, course, ada):
    client.force_login(ada)
    new = a_chapter(under=course, title="Finishing")
    a_lesson(under=new, title="Hem")

    client.post(
        reverse("wagtailadmin_pages:delete", args=[new.pk]), {"confirm_site_name": "Perfomix"}
    )

    assert not Page.objects.filter(pk=new.pk).exists()
    assert not LessonPage.objects.filter(title="Hem").exists()


def test_what_was_submitted_once_can_only_be_removed(ada, mira):
    release = a_submission(by=ada)
    releases.ask_for_changes(release=release, user=mira, note="Shorter.")
    lesson = lesson_called("Cutting straight", course=release.course)

    assert not lesson.permissions_for_user(ada).can_delete()
    assert lesson.permissions_for_user(ada).can_retire()


@pytest.mark.parametrize("who", ["bruno", "cleo", "mira"])
def test_who_is_not_on_the_team_may_do_nothing(who, course, lesson, request):
    user = request.getfixturevalue(who)

    for page in (course, lesson, ChapterPage.objects.get(title="Tools")):
        tester = page.permissions_for_user(user)
        for name in (
            "can_edit",
            "can_add_subpage",
            "can_delete",
            "can_move",
            "can_copy",
            "can_publish",
            "can_unpublish",
            "can_publish_subpage",
            "can_reorder_children",
            "can_retire",
            "can_archive",
            "can_lock",
        ):
            assert not getattr(tester, name)(), (page, name)


def test_group_permissions_do_not_open_what_is_closed_to_superusers(course, lesson, ivo):
    assert GroupPagePermission.objects.filter(
        group__user=ivo, permission__codename="publish_page"
    ).exists()

    for page in (course, lesson):
        tester = page.permissions_for_user(ivo)
        assert tester.can_edit()
        for name in ("can_publish", "can_unpublish", "can_publish_subpage", "can_delete"):
            assert not getattr(tester, name)(), (page, name)
