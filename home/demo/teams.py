"""Who is asked to write a course of the demo along, and has not answered yet."""

from datetime import datetime, timedelta
from typing import Any

from courses.models import CoursePage
from courses.teams.invitations import invite

from .clock import at
from .reading import identity


def load_invitations(*, activity: dict[str, Any], now: datetime) -> None:
    """Asks whoever was not asked yet; an answer that somebody gave stays."""
    for told in activity["invitation"]:
        course = CoursePage.objects.get(uuid=identity("course", told["course"]))
        if course.invitations.filter(email=told["email"]).exists():
            continue
        with at(now - timedelta(days=told["asked"])):
            invite(course=course, email=told["email"], by=course.owner)
