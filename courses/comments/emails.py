"""The mail about comments: what was said at once, each with the way to its place."""

from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.models import Comment, Page

from courses.models import CoursePage, ItemKind, ReleaseItem, ReleaseStatus
from courses.outbox.queue import queue_mail
from courses.people import Person

from .news import PieceOfNews, ThreadNews
from .places import WHOLE, place_of


class ToldNews:
    """A piece as its reader finds it; the name of its place is in the language of the mail."""

    def __init__(self, piece: PieceOfNews, page: Page, path: str, *, reviewing: bool) -> None:
        self.piece, self._page, self.path, self._reviewing = piece, page, path, reviewing

    @property
    def place(self) -> str:
        path = self.piece.comment.contentpath
        is_whole = self._reviewing and path == WHOLE
        return _("The lesson as a whole") if is_whole else place_of(self._page, path)


def mail_comments(
    *,
    reader: Person,
    page: Page,
    course: CoursePage | None,
    by: Person,
    said: ThreadNews,
    edits: bool,
    reviewing: bool,
) -> None:
    """One mail for all of it. ``edits``: the reader may open the editor of the page."""
    pieces = list(said)
    way = "" if edits else _beside_the_submission(page)
    told = [
        ToldNews(piece, page, way or _in_the_editor(page, piece.comment), reviewing=reviewing)
        for piece in pieces
    ]
    queue_mail(
        key=f"course_comments:{pieces[0].key}:{reader.pk}",
        to=reader.email,
        language=reader.language,
        zone=reader.time_zone,
        template="course_comments",
        context={
            "told": told,
            "by": by,
            "user": reader,
            "page_title": page.title,
            "title": (course.draft_title or course.title) if course else "",
            "course_language": course.language if course else "",
            "is_course": course is not None and course.pk == page.pk,
            "reviewing": reviewing,
            "says_new": any(not one.answers and not one.resolves for one in pieces),
            "says_answers": any(one.answers for one in pieces),
            "edits": edits,
            "account_path": f"{reverse('wagtailadmin_account')}#tab-notifications",
        },
    )


def _in_the_editor(page: Page, comment: Comment) -> str:
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    return f"{edit}#:w:contentpath={comment.contentpath}"


def _beside_the_submission(page: Page) -> str:
    """Where whoever decides reads the page: in what was submitted last."""
    items = ReleaseItem.objects.filter(page_id=page.pk).order_by("-release_id")
    item = items.filter(release__status=ReleaseStatus.IN_REVIEW).first() or items.first()
    if item is None:
        return ""
    if item.kind == ItemKind.LESSON:
        return reverse("moderation:lesson", args=[item.release_id, item.pk])
    return reverse("moderation:review", args=[item.release_id])
