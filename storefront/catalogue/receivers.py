"""What the catalogue hears of: releases, archived courses, learners and reviews.

Signals only notify: each receiver names what changed and a verb of ``entries`` does
the rest. ``learners`` and ``courses`` may not import the storefront, so they cannot
call it.
"""

from functools import partial

from django.db import transaction
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from wagtail.signals import page_published, page_unpublished

from courses.models import CoursePage
from learners.models import Enrollment, Review

from .entries import refresh_counts, refresh_entry


@receiver([page_published, page_unpublished], sender=CoursePage)
def course_published(sender, instance, **kwargs):
    """Every release publishes the course page, as the last of its pages."""
    refresh_entry(course=instance)


@receiver(post_save, sender=CoursePage)
def course_archived(sender, instance, update_fields=None, raw=False, **kwargs):
    if not raw and update_fields and "archived_at" in update_fields:
        refresh_entry(course=instance)


@receiver([post_save, post_delete], sender=Enrollment)
@receiver([post_save, post_delete], sender=Review)
def learner_counted(sender, instance, raw=False, update_fields=None, **kwargs):
    # Progress is saved all the time and changes no count.
    if raw or (update_fields and not {"status", "rating"} & set(update_fields)):
        return
    transaction.on_commit(partial(_recount, instance.course_id), robust=True)


def _recount(course_id: int) -> None:
    refresh_counts(course=CoursePage(pk=course_id))
