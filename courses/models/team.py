"""Who writes a course together."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class TeamRole(models.TextChoices):
    # Named first on the course page; receives the producer's share.
    LEAD = "lead", _("Lead")
    INSTRUCTOR = "instructor", _("Instructor")


class CourseTeamMember(models.Model):
    """A person on the team of a course, which is what opens it to them in the editor."""

    course = models.ForeignKey("courses.CoursePage", on_delete=models.CASCADE, related_name="team")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="course_memberships"
    )
    role = models.CharField(max_length=12, choices=TeamRole.choices, default=TeamRole.INSTRUCTOR)
    created_at = models.DateTimeField(auto_now_add=True)

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
