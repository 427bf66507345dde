"""Whatever moves content, access, roles or money leaves one line, with ids and no names."""

import logging

import pytest

from courses.errors import CourseError
from courses.releases import (
    approve_release,
    archive_course,
    ask_for_changes,
    restore_release,
    retire_page,
    withdraw_release,
)
from courses.teams.invitations import accept_invitation, invite
from courses.teams.members import create_course, make_lead, remove_member
from learners.accounts.roles import set_moderator, set_role
from learners.enrollment.enrollments import revoke
from learners.enrollment.progress import mark_complete
from learners.models import Enrollment, Role
from storefront.checkout import orders
from tests.builders import a_course, a_released_course, a_submission, lesson_called
from tests.study import lessons_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]


@pytest.fixture
def told(caplog):
    """``told()`` gives the events since it was last asked, oldest first, and their lines."""
    caplog.set_level(logging.INFO)

    def since() -> list[str]:
        events = [record.event for record in caplog.records if hasattr(record, "event")]
        lines.extend(caplog.records)
        caplog.clear()
        return [event for event in events if not event.startswith(("mail.", "entry."))]

    lines: list[logging.LogRecord] = []
    since.lines = lines
    return since


def test_a_course_on_its_way_to_learners(ada, mira, told):
    release = a_submission(by=ada)
    ask_for_changes(release=release, user=mira, note="Say more.")
    release = a_submission(by=ada, course=release.course)
    withdraw_release(release=release, user=ada)
    release = a_submission(by=ada, course=release.course)
    approve_release(release=release, user=mira)

    assert told() == [
        "release.submitted",
        "release.sent_back",
        "release.submitted",
        "release.withdrawn",
        "release.submitted",
        "release.approved",
    ]
    approved = told.lines[-1]
    assert (approved.course, approved.release) == (release.course_id, release.number)
    assert approved.user == str(mira.pk)


def test_a_released_course_changed_by_its_team_and_by_moderators(ada, mira, told):
    course = a_released_course(by=ada)
    retire_page(page=lesson_called("Cutting straight", course=course), user=ada)
    a_released_course(by=ada, course=course)
    told()

    restore_release(release=course.releases.get(number=1), user=mira)
    archive_course(course=course, user=ada)
    archive_course(course=course, user=ada)

    assert told() == ["release.restored", "course.archived"]


def test_a_team_and_its_people(ada, bruno, ivo, dana, told):
    course = create_course(producer=ada, title="Sewing by hand")
    invitation = invite(course=course, email=bruno.email, by=ada)
    invite(course=course, email=bruno.email, by=ada)
    member = accept_invitation(invitation=invitation, by=bruno)
    accept_invitation(invitation=invitation, by=bruno)
    make_lead(member=member, by=ada)
    remove_member(member=course.team.get(user=ada), by=bruno)
    set_role(user=dana, role=Role.PRODUCER, by=ivo)
    set_role(user=dana, role=Role.PRODUCER, by=ivo)
    set_moderator(user=dana, moderator=True, by=ivo)

    assert told() == [
        "course.created",
        "team.invited",
        "team.added",
        "team.invitation_accepted",
        "team.lead",
        "team.removed",
        "person.role",
        "person.moderator",
    ]


def test_a_course_bought_studied_and_closed(ada, cleo, told):
    course = a_released_course(by=ada, price="0.00", syllabus=["Two needles and a thread"])
    told()

    orders.start_checkout(buyer=cleo, course=course)
    enrollment = Enrollment.objects.get()
    mark_complete(enrollment=enrollment, lesson=lessons_of(course)[0])
    revoke(enrollment=enrollment)
    revoke(enrollment=enrollment)

    assert told() == [
        "order.placed",
        "enrollment.opened",
        "order.paid",
        "enrollment.completed",
        "certificate.issued",
        "enrollment.revoked",
    ]


def test_no_line_names_a_person(ada, cleo, mira, told):
    course = a_released_course(by=ada, price="0.00")
    orders.start_checkout(buyer=cleo, course=course)
    told()

    said = " ".join(str(vars(line)) for line in told.lines if hasattr(line, "event"))
    for person in (ada, cleo, mira):
        assert person.email not in said
        assert person.name not in said


def test_what_changes_nothing_says_nothing(ada, told):
    course = a_course(by=ada)
    told()

    set_role(user=ada, role=Role.PRODUCER)
    with pytest.raises(CourseError, match="never released"):
        archive_course(course=course, user=ada)

    assert told() == []
