"""Who may decide on a course: moderators who neither teach nor submitted it."""

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from wagtail.models import GroupApprovalTask, Revision, TaskState, Workflow, WorkflowTask

from courses import releases
from courses.errors import CourseError
from courses.models import CoursePage, CourseReviewTask, CourseTeamMember
from tests.builders import a_course, a_submission, the_catalogue
from tests.people import logged_in
from tests.teams import add_instructor


def make_moderator(user):
    user.groups.add(Group.objects.get(name="Moderators"))
    return user


def superuser(user):
    user.is_superuser = True
    user.save()
    return user


def actions(release, user):
    task_state = release.workflow_state.current_task_state
    return [name for name, *_ in task_state.task.specific.get_actions(release.course, user)]


def refused(release, user):
    """Every door at once, and nothing written behind any of them."""
    task_state = release.workflow_state.current_task_state
    assert actions(release, user) == []
    assert not TaskState.objects.reviewable_by(user).exists()
    for name in ("approve", "reject"):
        with pytest.raises(CourseError) as refusal:
            task_state.task.specific.on_action(task_state, user, name, comment="Because.")
        assert refusal.value.code == "not_yours_to_decide"
    with pytest.raises(CourseError):
        releases.approve_release(release=release, user=user)
    release.refresh_from_db()
    task_state.refresh_from_db()
    assert (release.status, task_state.status) == ("in_review", "in_progress")
    assert not CoursePage.objects.get(pk=release.course_id).live


def test_a_moderator_may_decide(ada, mira):
    release = a_submission(by=ada)

    assert actions(release, mira) == ["reject", "approve", "approve"]
    assert TaskState.objects.reviewable_by(mira).get() == release.workflow_state.current_task_state


def test_an_admin_may_decide(ada, ivo):
    assert "approve" in actions(a_submission(by=ada), ivo)


@pytest.mark.parametrize("who", ["bruno", "cleo"])
def test_nobody_else_may(who, ada, request):
    refused(a_submission(by=ada), request.getfixturevalue(who))


def test_a_moderator_who_submitted_may_not(ada):
    release = a_submission(by=make_moderator(ada))

    refused(release, ada)


def test_a_moderator_on_the_team_may_not(ada, mira):
    release = a_submission(by=ada)
    CourseTeamMember.objects.create(course=release.course, user=mira)

    refused(release, mira)


def test_whoever_submitted_may_not_even_after_leaving_the_team(ada, bruno):
    release = a_submission(by=make_moderator(ada))
    release.course.team.all().delete()
    CourseTeamMember.objects.create(course=release.course, user=bruno, role="lead")

    refused(release, ada)


def test_whoever_wrote_a_page_of_it_may_not(ada, mira):
    release = a_submission(by=ada)
    lesson = release.items.filter(kind="lesson").first().revision
    Revision.objects.filter(pk=lesson.pk).update(user=mira)

    refused(release, mira)


def test_an_admin_who_mended_a_word_leaves_the_decision_to_another(ada, ivo, mira):
    course = a_course(by=ada)
    course.save_revision(user=ivo)
    release = releases.submit_course(course=course, user=ada)

    refused(release, ivo)
    assert "approve" in actions(release, mira)


def test_a_page_that_its_team_saved_again_is_the_teams(ada, ivo):
    course = a_course(by=ada)
    course.save_revision(user=ivo)
    course.save_revision(user=ada)

    assert "approve" in actions(releases.submit_course(course=course, user=ada), ivo)


@pytest.mark.parametrize("on_team", [True, False])
def test_a_superuser_who_teaches_or_submitted_may_not(on_team, ada, ivo):
    if on_team:
        release = a_submission(by=ada)
        CourseTeamMember.objects.create(course=release.course, user=superuser(ivo))
    else:
        release = a_submission(by=superuser(ivo))

    refused(release, ivo)


def test_an_account_that_was_closed_may_not(ada, mira):
    release = a_submission(by=ada)
    mira.is_active = False
    mira.save()

    refused(release, mira)


def test_the_second_of_two_moderators_is_told(ada, mira, ivo):
    release = a_submission(by=ada)
    task_state = release.workflow_state.current_task_state
    task = task_state.task.specific
    task.on_action(task_state, mira, "approve")

    with pytest.raises(CourseError, match="already decided") as refusal:
        task.on_action(task_state, ivo, "reject", comment="Too long.")

    assert refusal.value.code == "already_decided"
    release.refresh_from_db()
    assert (release.status, release.decided_by) == ("current", mira)


def test_sending_back_needs_a_note(ada, mira):
    release = a_submission(by=ada)

    with pytest.raises(CourseError, match="Say what should change") as refusal:
        releases.ask_for_changes(release=release, user=mira, note="  ")

    assert refusal.value.code == "reason_missing"
    release.refresh_from_db()
    assert release.status == "in_review"


def test_deciding_leads_to_the_queue_and_not_to_the_editor(ada, mira):
    task_state = a_submission(by=ada).workflow_state.current_task_state

    assert task_state.task.specific.on_action(task_state, mira, "approve") == "/admin/reviews/"


def test_the_editor_stays_open_to_the_team_and_closed_to_reviewers(ada, mira):
    course = CoursePage.objects.get(pk=a_submission(by=ada).course_id)

    lock = course.get_lock()
    assert lock is None or not lock.for_user(ada)
    assert course.permissions_for_user(ada).can_edit()
    assert not course.permissions_for_user(mira).can_edit()


def test_chapters_and_lessons_have_no_workflow(ada):
    course = a_submission(by=ada).course

    for page in course.get_descendants().specific():
        assert page.get_workflow() is None
        assert not page.has_workflow


def test_a_workflow_of_two_steps_releases_after_both(ada, mira, ivo):
    catalogue = the_catalogue()
    second = GroupApprovalTask.objects.create(name="Legal")
    second.groups.add(Group.objects.get(name="Admins"))
    workflow = catalogue.workflowpage.workflow
    WorkflowTask.objects.create(workflow=workflow, task=second, sort_order=1)
    release = a_submission(by=ada)

    releases.approve_release(release=release, user=mira)
    release.refresh_from_db()
    assert release.status == "in_review"
    release.workflow_state.refresh_from_db()
    task_state = release.workflow_state.current_task_state
    task_state.task.specific.on_action(task_state, ivo, "approve")

    release.refresh_from_db()
    assert (release.status, release.decided_by) == ("current", ivo)


def test_a_workflow_without_our_step_releases_nothing(ada, bruno, ivo):
    catalogue = the_catalogue()
    task = GroupApprovalTask.objects.create(name="Anybody")
    task.groups.add(Group.objects.get(name="Producers"))
    workflow = Workflow.objects.create(name="Shortcut")
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    catalogue.workflowpage.workflow = workflow
    catalogue.workflowpage.save()
    course = a_course(by=ada)
    state = workflow.start(course, ada)

    with pytest.raises(CourseError, match="Nothing was pinned"):
        task.on_action(state.current_task_state, bruno, "approve")

    assert not CoursePage.objects.get(pk=course.pk).live


def test_the_task_describes_itself():
    assert "do not teach the course" in CourseReviewTask.get_description()


@pytest.mark.parametrize("who", ["bruno", "ivo"])
def test_a_lead_cannot_take_a_reviewer_away_by_putting_them_on_the_team(ada, who, request):
    reviewer = make_moderator(request.getfixturevalue(who))
    release = a_submission(by=ada)

    with pytest.raises(CourseError, match="Ask an admin to invite you"):
        add_instructor(course=release.course, email=reviewer.email, by=ada)

    assert [member.user for member in release.course.team.all()] == [ada]
    assert "approve" in actions(release, reviewer)


def test_an_admin_puts_a_reviewer_who_also_teaches_on_a_team(ada, bruno, ivo):
    course = a_course(by=ada)

    member = add_instructor(course=course, email=make_moderator(bruno).email, by=ivo)

    assert (member.user, course.team.count()) == (bruno, 2)


def test_disabling_the_step_releases_nothing_and_leaves_the_course_in_review(
    client, ada, ivo, mira
):
    release = a_submission(by=ada)
    task = CourseReviewTask.objects.get()
    address = reverse("wagtailadmin_workflows:disable_task", args=[task.pk])

    shown = logged_in(client, ivo).post(address, follow=True).content.decode()

    assert "Courses wait for this review." in shown
    task.refresh_from_db()
    release.refresh_from_db()
    assert (task.active, release.status) == (True, "in_review")
    assert release.workflow_state.current_task_state.status == TaskState.STATUS_IN_PROGRESS
    assert not CoursePage.objects.get(pk=release.course_id).live
    assert "approve" in actions(release, mira)
