"""Co-instructors, the way they come about: asked by address, and with a yes of their own."""

from courses.models import CoursePage, CourseTeamMember
from courses.teams.invitations import accept_invitation, invite
from learners.models import User


def add_instructor(*, course: CoursePage, email: str, by: User) -> CourseTeamMember:
    """Whoever has the address is invited and accepts; both verbs may refuse (CourseError)."""
    invitation = invite(course=course, email=email, by=by)
    return accept_invitation(invitation=invitation, by=User.objects.get(email=email))
