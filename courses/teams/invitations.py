"""Asking somebody to write a course along: by address, with one answer whoever has it.

Whether anybody here has the address, and what they may do, is nobody's to learn from the
question: the row, the mail and the words are the same for a producer, a moderator, a learner
and nobody. Who has the address decides, and only then it shows on the team.
"""

import logging

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from courses.errors import CourseError
from courses.models import CoursePage, CourseTeamMember, InvitationStatus, TeamInvitation
from courses.models.invitations import INVITATION_MOVES, TeamInvitationQuerySet
from courses.people import Person

from .emails import send_invitation
from .members import join_team, may_manage_team, not_the_lead

logger = logging.getLogger(__name__)


def invite(*, course: CoursePage, email: str, by: Person) -> TeamInvitation:
    """Asks whoever has the address, by mail; asking again while one waits changes nothing.

    When somebody else asks, their question takes its place: an admin may ask whom a lead may not.
    Raises CourseError when ``by`` may not change the team, or asks themself.
    """
    if not may_manage_team(by, course):
        raise not_the_lead()
    email = email.strip().lower()
    if email == by.email.lower():
        raise CourseError(_("This is your own address."), code="own_address")
    with transaction.atomic():
        # Who asks for the same address at the same moment waits here.
        CoursePage.objects.select_for_update().get(pk=course.pk)
        waiting = course.invitations.waiting().filter(email=email).first()
        if waiting and not waiting.has_run_out and waiting.invited_by_id == by.pk:
            return waiting
        if waiting:
            _answer(waiting, InvitationStatus.WITHDRAWN)
        invitation = TeamInvitation.objects.create(course=course, email=email, invited_by=by)
        send_invitation(invitation)
    _tell("invited to a team", "team.invited", invitation, by)
    return invitation


def withdraw_invitation(*, invitation: TeamInvitation, by: Person) -> TeamInvitation:
    """Takes the question back; twice changes nothing. Raises CourseError once it is answered."""
    if not may_manage_team(by, invitation.course):
        raise not_the_lead()
    with transaction.atomic():
        now = TeamInvitation.objects.locked().get(pk=invitation.pk)
        if now.status == InvitationStatus.WITHDRAWN:
            return now
        if now.status != InvitationStatus.WAITING:
            raise CourseError(
                _("This invitation was answered a moment ago."), code="invitation_answered"
            )
        _answer(now, InvitationStatus.WITHDRAWN)
    _tell("invitation withdrawn", "team.invitation_withdrawn", now, by)
    return now


def accept_invitation(*, invitation: TeamInvitation, by: Person) -> CourseTeamMember:
    """Whoever has the address joins the team; twice is once.

    Raises CourseError for an invitation that is no longer open, one to another address, one
    from somebody who could not ask any more, and for whoever ``join_team`` refuses.
    """
    with transaction.atomic():
        now = _own(invitation, by)
        course = now.course
        member = course.team.filter(user=by).first()
        if now.status == InvitationStatus.ACCEPTED and member:
            return member
        if not _may_be_answered(now):
            raise _gone()
        member = join_team(course=course, user=by, by=now.invited_by)
        _answer(now, InvitationStatus.ACCEPTED)
    _tell("invitation accepted", "team.invitation_accepted", now, by)
    return member


def decline_invitation(*, invitation: TeamInvitation, by: Person) -> TeamInvitation:
    """Says no; twice is once. Raises CourseError for an invitation that is no longer open."""
    with transaction.atomic():
        now = _own(invitation, by)
        if now.status == InvitationStatus.DECLINED:
            return now
        if now.status != InvitationStatus.WAITING or now.has_run_out:
            raise _gone()
        _answer(now, InvitationStatus.DECLINED)
    _tell("invitation declined", "team.invitation_declined", now, by)
    return now


def invitations_to(user: Person) -> TeamInvitationQuerySet:
    """What waits for an answer of this person, with who asks and for which course."""
    return TeamInvitation.objects.open().to(user).select_related("course", "invited_by")


def _own(invitation: TeamInvitation, user: Person) -> TeamInvitation:
    """The invitation, locked, if it is to this person."""
    found = TeamInvitation.objects.to(user).filter(pk=invitation.pk)
    now = found.select_related("course", "invited_by").locked().first()
    if now is None:
        raise _gone()
    return now


def _may_be_answered(invitation: TeamInvitation) -> bool:
    """Whether it waits, in time, and whoever asked could still ask."""
    return (
        invitation.status == InvitationStatus.WAITING
        and not invitation.has_run_out
        and may_manage_team(invitation.invited_by, invitation.course)
    )


def _answer(invitation: TeamInvitation, status: InvitationStatus) -> None:
    INVITATION_MOVES.move(invitation, status)
    invitation.answered_at = timezone.now()
    invitation.save(update_fields=["status", "answered_at"])


def _gone() -> CourseError:
    return CourseError(_("This invitation is no longer open."), code="invitation_gone")


def _tell(what: str, event: str, invitation: TeamInvitation, by: Person) -> None:
    logger.info(
        what,
        extra={
            "event": event,
            "course": invitation.course_id,
            "invitation": invitation.pk,
            "user": str(by.pk),
        },
    )
