"""What a team is told while its submission is read."""

from django.urls import reverse
from wagtail.models import Comment

from courses.models import CourseRelease, ReleaseItem
from courses.outbox.queue import queue_mail


def announce_comment(comment: Comment, *, item: ReleaseItem, release: CourseRelease) -> None:
    """To the team, with the way to what the comment is about."""
    edit = reverse("wagtailadmin_pages:edit", args=[item.page_id])
    for member in release.course.team.teaching().select_related("user"):
        queue_mail(
            key=f"course_comment:{comment.pk}:{member.user.pk}",
            to=member.user.email,
            language=member.user.language,
            zone=member.user.time_zone,
            template="course_comment",
            context={
                "item": item,
                "comment": comment,
                "title": release.course.draft_title or release.course.title,
                "user": member.user,
                "path": f"{edit}#:w:contentpath={comment.contentpath}",
            },
        )
