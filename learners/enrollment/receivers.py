"""What learners hear of: a course whose release has changed."""

from functools import partial

from django.db import transaction
from django.dispatch import receiver
from wagtail.signals import page_published

from courses.models import CoursePage

from .tasks import follow_release


@receiver(page_published, sender=CoursePage)
def course_released(sender, instance, **kwargs):
    """Every release publishes the course page; summaries follow once it is committed."""
    transaction.on_commit(partial(follow_release.delay, instance.pk), robust=True)
