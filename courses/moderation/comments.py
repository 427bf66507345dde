"""Comments of those who review a course, beside the lesson they read.

They are the editor's own comments: the team finds them at the field or block they are about,
answers there and ticks them off; what is answered is read here again.
"""

import logging

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import Comment, Page

from courses.comments.news import ThreadNews
from courses.comments.places import WHOLE, block_of, places_in
from courses.comments.telling import tell_of_comments
from courses.errors import CourseError
from courses.models import (
    ItemKind,
    ReleaseItem,
    ReleaseStatus,
)
from courses.people import Person

from .selectors import comments_of_reviewers, others_releases

logger = logging.getLogger(__name__)

# The editor of rich text reads which words a comment is about from JSON, and no text is none.
NO_WORDS_OF_IT = "[]"


def places_of(item: ReleaseItem) -> list[tuple[str, str]]:
    """(way to it in the editor, how readers call it): the lesson, then its blocks as submitted."""
    return [(WHOLE, _("The lesson as a whole")), *places_in(item.revision.as_object().body)]


def open_comments(item: ReleaseItem) -> list[Comment]:
    """What reviewers still wait for on a lesson, with the answers; two queries.

    What a team says among itself while it writes is not for them.
    """
    return list(
        comments_of_reviewers(item.release.course_id)
        .filter(page_id=item.page_id, resolved_at=None)
        .select_related("user")
        .prefetch_related("replies__user")
        .order_by("created_at", "pk")
    )


def with_places(comments: list[Comment], item: ReleaseItem) -> list[tuple[Comment, str]]:
    """Each comment with how readers call what it is about, as far as it was submitted."""
    named = {block_of(path): called for path, called in places_of(item)}
    return [(comment, named.get(block_of(comment.contentpath), "")) for comment in comments]


@transaction.atomic
def comment_on(*, item: ReleaseItem, path: str, text: str, user: Person) -> Comment:
    """Say something about a lesson that was submitted, and write to the team; once.

    Raises CourseError unless the person may decide on the submission, which still waits.
    """
    decidable = others_releases(user).decidable_by(user).filter(status=ReleaseStatus.IN_REVIEW)
    release = decidable.select_related("course").filter(pk=item.release_id).first()
    if release is None or item.kind != ItemKind.LESSON:
        raise CourseError(
            _("This submission has been decided or taken back already."), code="review_over"
        )
    comment = Comment(
        page_id=item.page_id,
        user=user,
        text=text,
        contentpath=path,
        position=NO_WORDS_OF_IT,
        revision_created=item.revision,
    )
    draft = Page.objects.get(pk=item.page_id).get_latest_revision_as_object()
    if not comment.has_valid_contentpath(draft):
        comment.contentpath = WHOLE  # the block has gone from the draft since
    same = Comment.objects.filter(
        page_id=item.page_id,
        user=user,
        text=text,
        contentpath=comment.contentpath,
        resolved_at=None,
    ).first()
    if same:
        return same
    comment.save()
    tell_of_comments(page=draft, by=user, said=ThreadNews(comments=[comment]), reviewing=True)
    logger.info(
        "lesson commented on",
        extra={
            "event": "release.commented",
            "course": release.course_id,
            "release": release.number,
            "page": item.page_id,
            "comment": comment.pk,
            "user": str(user.pk),
        },
    )
    return comment
