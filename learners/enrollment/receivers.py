"""What learners hear of: a course whose release has changed."""

from typing import Any

from django.dispatch import receiver
from wagtail.signals import page_published

from courses.models import CoursePage
from courses.promises.promising import promise


@receiver(page_published, sender=CoursePage)
def course_released(sender: type[CoursePage], instance: CoursePage, **kwargs: Any) -> None:
    """Every release publishes the course page; summaries follow once it is committed."""
    promise("learners.follow_release", key=f"follow:{instance.pk}", course_id=instance.pk)
