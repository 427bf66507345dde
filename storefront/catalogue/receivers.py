"""What the catalogue hears of: releases, archived courses, who leads, learners and reviews.

Signals only notify: each receiver names what changed and a verb of ``entries`` does
the rest. ``learners`` and ``courses`` may not import the storefront, so they cannot
call it.
"""

from collections.abc import Collection
from typing import Any

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from wagtail.signals import page_published, page_unpublished

from courses.freshness import keys
from courses.freshness.changed import changed
from courses.models import Category, CoursePage, CourseTeamMember, TeamRole
from courses.promises.promising import promise
from learners.models import Enrollment, Review, User

from .entries import refresh_entry


@receiver([page_published, page_unpublished], sender=CoursePage)
def course_published(sender: Any, instance: CoursePage, **kwargs: Any) -> None:
    """Every release publishes the course page, as the last of its pages."""
    refresh_entry(course=instance)


@receiver(post_save, sender=CoursePage)
def course_archived(
    sender: Any,
    instance: CoursePage,
    update_fields: Collection[str] | None = None,
    raw: bool = False,
    **kwargs: Any,
) -> None:
    if not raw and update_fields and "archived_at" in update_fields:
        refresh_entry(course=instance)


@receiver([post_save, post_delete], sender=CourseTeamMember)
def lead_changed(
    sender: Any,
    instance: CourseTeamMember,
    created: bool = False,
    raw: bool = False,
    **kwargs: Any,
) -> None:
    """Whoever leads a course is named beside it, and decides by teaching whether it is sold."""
    # A course that was never shown has no entry; its release writes one.
    if raw or (created and not instance.course.live):
        return
    course_id = instance.course_id
    promise("storefront.refresh_entry", key=f"entry:{course_id}", course_id=course_id)


@receiver([post_save, post_delete], sender=Category)
def subject_changed(sender: Any, raw: bool = False, **kwargs: Any) -> None:
    if not raw:
        changed(keys.SUBJECTS)


# What of a person stands in the entries of the courses they lead, or decides about them.
TOLD_OF_PEOPLE = {"name", "role", "is_active"}
# What stands beside their courses and their reviews.
SEEN_OF_PEOPLE = TOLD_OF_PEOPLE | {"bio", "avatar"}


@receiver(post_save, sender=User)
def person_changed(
    sender: Any,
    instance: User,
    created: bool = False,
    raw: bool = False,
    update_fields: Collection[str] | None = None,
    **kwargs: Any,
) -> None:
    if raw or created or (update_fields and not TOLD_OF_PEOPLE & set(update_fields)):
        return
    if CourseTeamMember.objects.of(instance).filter(role=TeamRole.LEAD).exists():
        key = str(instance.pk)
        promise("storefront.refresh_entries_of", key=f"entries-of:{key}", lead=key)


@receiver(post_save, sender=User)
def person_seen(
    sender: Any,
    instance: User,
    created: bool = False,
    raw: bool = False,
    update_fields: Collection[str] | None = None,
    **kwargs: Any,
) -> None:
    if raw or created or (update_fields and not SEEN_OF_PEOPLE & set(update_fields)):
        return
    reviewed = Review.objects.filter(user=instance).values_list("course_id", flat=True)
    changed(keys.producer(instance.pk), *keys.courses(reviewed))


@receiver([post_save, post_delete], sender=Review)
def review_changed(sender: Any, instance: Review, raw: bool = False, **kwargs: Any) -> None:
    """Its words stand on the course's page at once; the average follows with the counts."""
    if not raw:
        changed(keys.course(instance.course_id))


@receiver([post_save, post_delete], sender=Enrollment)
@receiver([post_save, post_delete], sender=Review)
def learner_counted(
    sender: Any,
    instance: Enrollment | Review,
    raw: bool = False,
    update_fields: Collection[str] | None = None,
    **kwargs: Any,
) -> None:
    # Progress is saved all the time and changes no count.
    if raw or (update_fields and not {"status", "rating"} & set(update_fields)):
        return
    course_id = instance.course_id
    promise("storefront.refresh_counts", key=f"counts:{course_id}", course_id=course_id)
