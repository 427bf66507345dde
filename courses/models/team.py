"""Who writes a course together, and who of them teaches it: the one definition.

To **teach** a course is three things at once: a row on its team, an open account, and a role
that may author. Whoever loses one of them loses every door with it, on the next request. All
of it is asked in the database, so that a person who was read before a lock was waited for
does not speak for the person of now.

Standing on the team without teaching still means something: nobody decides on a course on
whose team they stand (decision 0012), whatever their role has become.
"""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from courses.people import Visitor

# Of ``learners.models.Role``, which stands to the right of here.
TEACHING_ROLES = ("producer", "admin")


def may_teach(user: Visitor) -> bool:
    """Whether memberships of the person count: an open account with a role that may author."""
    return user.is_authenticated and user.is_active and user.role in TEACHING_ROLES


def who_may_teach(prefix: str = "") -> Q:
    """``may_teach`` as a condition on people, or on what leads to one: ``"user__"``."""
    return Q(**{f"{prefix}is_active": True, f"{prefix}role__in": TEACHING_ROLES})


class TeamRole(models.TextChoices):
    # Named first on the course page; receives the producer's share.
    LEAD = "lead", _("Lead")
    INSTRUCTOR = "instructor", _("Instructor")


class TeamQuerySet(models.QuerySet["CourseTeamMember"]):
    def teaching(self) -> Self:
        """Those whose membership counts. One join to the person's row."""
        return self.filter(who_may_teach("user__"))

    def leading(self) -> Self:
        """Those who teach and answer for the course."""
        return self.teaching().filter(role=TeamRole.LEAD)

    def of(self, user: Visitor) -> Self:
        return self.filter(user_id=user.pk) if user.pk else self.none()


class CourseTeamMember(models.Model):
    """A person on the team of a course, which opens it to them while they may teach."""

    course = models.ForeignKey(
        "courses.CoursePage",
        on_delete=models.CASCADE,
        related_name="team",
        db_index=False,  # ``one_membership_per_course`` begins with it
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="course_memberships"
    )
    role = models.CharField(max_length=12, choices=TeamRole.choices, default=TeamRole.INSTRUCTOR)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = TeamQuerySet.as_manager()

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["created_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["course", "user"], name="one_membership_per_course"),
            models.UniqueConstraint(
                fields=["course"], condition=models.Q(role="lead"), name="one_lead_per_course"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} on {self.course}"

    @property
    def teaches(self) -> bool:
        """As the database said when the member and their person were read."""
        return may_teach(self.user)

    @property
    def leads(self) -> bool:
        return self.role == TeamRole.LEAD and self.teaches


def teaches(user: Visitor, course_id: int) -> bool:
    """Whether the person teaches this course now. One query."""
    return CourseTeamMember.objects.teaching().of(user).filter(course_id=course_id).exists()


def leads(user: Visitor, course_id: int) -> bool:
    """Whether the person teaches this course and answers for it. One query."""
    return CourseTeamMember.objects.leading().of(user).filter(course_id=course_id).exists()


def stands_on_team(user: Visitor, course_id: int) -> bool:
    """Whether there is a row, with or without rights: whoever has one decides nothing."""
    return CourseTeamMember.objects.of(user).filter(course_id=course_id).exists()
