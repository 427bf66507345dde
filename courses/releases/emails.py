"""Mails about reviews: promised with the decision, sent after it, once to each person."""

from django.contrib.auth import get_user_model
from django.db.models import Q
from django.urls import reverse

from courses.models import CourseRelease
from courses.models.review_task import MODERATORS
from courses.outbox.queue import queue_mail
from courses.people import Person

from .selectors import release_before


def announce_submission(release: CourseRelease) -> None:
    """To every moderator who may decide on it: whoever stands on the team does not."""
    team = release.course.team.values("user_id")
    moderators = (
        get_user_model()
        .objects.filter(Q(groups__name=MODERATORS), is_active=True)
        .exclude(pk__in=team)
        .distinct()
    )
    if release.submitted_by_id:
        moderators = moderators.exclude(pk=release.submitted_by_id)
    before = release_before(release)
    for moderator in moderators:
        path = reverse("moderation:review", args=[release.pk])
        _mail(release, moderator, "course_submitted", path, before=before)


def announce_approval(release: CourseRelease) -> None:
    _tell_team(release, "course_approved")


def announce_changes(release: CourseRelease) -> None:
    _tell_team(release, "course_changes")


def _tell_team(release: CourseRelease, template: str) -> None:
    path = reverse("wagtailadmin_pages:edit", args=[release.course_id])
    for member in release.course.team.teaching().select_related("user"):
        _mail(release, member.user, template, path)


def _mail(
    release: CourseRelease, user: Person, template: str, path: str, **context: CourseRelease | None
) -> None:
    queue_mail(
        key=f"{template}:{release.pk}:{user.pk}",
        to=user.email,
        language=user.language,
        zone=user.time_zone,
        template=template,
        context={
            "release": release,
            "course": release.course,
            # A draft's title: the page's own is what learners see until now.
            "title": release.course.draft_title or release.course.title,
            "user": user,
            "path": path,
            **context,
        },
    )
