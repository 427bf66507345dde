"""Yes and no to one invitation at once, and one question asked twice: each counts once.

``Meeting`` lets nobody write until both have looked; each control takes the lock away.
"""

from unittest.mock import patch

import pytest
from django.db import IntegrityError

from courses.errors import CourseError
from courses.models import InvitationStatus, TeamInvitation
from courses.teams import invitations
from courses.teams.invitations import accept_invitation, invite, withdraw_invitation
from courses.teams.members import create_course
from tests.builders import the_catalogue
from tests.fixtures.logs import events
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


def accept_twice(invitation) -> list:
    """Both see that it waits, and only then either joins."""

    def accept():
        return accept_invitation(
            invitation=TeamInvitation.objects.get(pk=invitation.pk), by=person("bruno")
        )

    seen_by_both = Meeting(2).after(invitations._may_be_answered)
    with patch.object(invitations, "_may_be_answered", seen_by_both):
        return together(accept, accept)


def test_two_answers_of_yes_at_once_make_one_member_and_are_one_answer(invitation, logged):
    logged()

    first, second = accept_twice(invitation)

    assert first == second
    assert end_of(invitation) == (True, True)
    assert events(logged()).count("team.invitation_accepted") == 1


def test_without_the_lock_one_question_is_answered_twice(invitation, logged, without_locks):
    """The control: the member is one by a constraint, the answer by the lock alone."""
    logged()

    accept_twice(invitation)

    assert events(logged()).count("team.invitation_accepted") == 2


def ask_twice(course, email: str) -> list:
    """Both see that nobody has asked, and only then either does."""

    def ask():
        return invite(course=course, email=email, by=person("ada"))

    asked = TeamInvitation.objects
    with patch.object(asked, "create", Meeting(2).before(asked.create)):
        return together(ask, ask)


def test_one_address_asked_twice_at_once_is_one_question(invitation):
    course = invitation.course

    first, second = ask_twice(course, "nora@example.com")

    assert first == second
    assert course.invitations.filter(email="nora@example.com").count() == 1


def test_without_the_lock_who_asks_second_gets_an_error_of_ours(invitation, without_locks):
    """The control: a constraint keeps the question one, and only the lock keeps the answer kind."""
    course = invitation.course

    results = ask_twice(course, "nora@example.com")

    assert sum(isinstance(result, IntegrityError) for result in results) == 1
