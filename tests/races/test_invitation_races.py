"""Yes and no to one invitation at once, and one question asked twice: each counts once.

``Meeting`` lets nobody write until both have looked; the controls take the lock away.
"""

from unittest.mock import patch

import pytest

from courses.errors import CourseError
from courses.models import InvitationStatus, TeamInvitation
from courses.teams import invitations
from courses.teams.invitations import accept_invitation, invite, withdraw_invitation
from courses.teams.members import create_course
from tests.builders import the_catalogue
from tests.people import person

from .together import Meeting, together

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.race]


@pytest.fixture
def invitation(db):
    the_catalogue()
    ada, bruno = person("ada"), person("bruno")
    course = create_course(producer=ada, title="Sewing by hand")
    return invite(course=course, email=bruno.email, by=ada)


def accept_and_withdraw(invitation) -> list:
    """Both look, and only then either writes."""
    meeting = Meeting(2)
    really_answer = invitations._answer

    def answer_together(*given):
        meeting.wait()
        really_answer(*given)

    def accept():
        return accept_invitation(
            invitation=TeamInvitation.objects.get(pk=invitation.pk), by=person("bruno")
        )

    def withdraw():
        return withdraw_invitation(
            invitation=TeamInvitation.objects.get(pk=invitation.pk), by=person("ada")
        )

    with patch.object(invitations, "_answer", answer_together):
        return together(accept, withdraw)


def end_of(invitation) -> tuple[bool, bool]:
    """(Bruno is on the team, the invitation counts as accepted)."""
    invitation.refresh_from_db()
    on_team = invitation.course.team.filter(user=person("bruno")).exists()
    return on_team, invitation.status == InvitationStatus.ACCEPTED


def test_a_yes_and_a_withdrawal_at_once_have_one_outcome(invitation):
    results = accept_and_withdraw(invitation)

    assert sum(isinstance(result, CourseError) for result in results) == 1
    on_team, accepted = end_of(invitation)
    assert on_team == accepted


def test_without_the_lock_both_succeed(invitation):
    """The control: somebody is on a team whose lead was told that the question is taken back."""
    unlocked = patch.object(
        type(TeamInvitation.objects.all()), "locked", lambda self: self.order_by("pk")
    )

    with unlocked:
        results = accept_and_withdraw(invitation)

    assert [result for result in results if isinstance(result, Exception)] == []


def test_two_answers_of_yes_at_once_make_one_member(invitation):
    def accept():
        return accept_invitation(
            invitation=TeamInvitation.objects.get(pk=invitation.pk), by=person("bruno")
        )

    first, second = together(accept, accept)

    assert first == second
    assert end_of(invitation) == (True, True)


def test_one_address_asked_twice_at_once_is_one_question(invitation):
    course = invitation.course

    def ask():
        return invite(course=course, email="nora@example.com", by=person("ada"))

    first, second = together(ask, ask)

    assert first == second
    assert course.invitations.filter(email="nora@example.com").count() == 1
