"""What Wagtail does with comments by itself, done our way."""

from django.http import HttpRequest
from wagtail import hooks
from wagtail.models import Comment, Page, PageSubscription

from courses.models import CoursePage
from courses.models.team import teaches
from courses.people import signed_in

from .news import ThreadNews
from .telling import tell_of_comments


@hooks.register("before_edit_page")
def tell_the_team_unless_told_otherwise(request: HttpRequest, page: Page) -> None:
    """Wagtail notes at the first opening that somebody wants no mails; a team wants them."""
    if request.method != "GET" or page.subscribers.filter(user_id=request.user.pk).exists():
        return
    course = CoursePage.objects.ancestor_of(page, inclusive=True).first()
    if course and teaches(request.user, course.pk):
        PageSubscription.objects.get_or_create(
            page_id=page.pk, user=request.user, defaults={"comment_notifications": True}
        )


@hooks.register("after_create_page")
def tell_of_comments_on_a_new_page(request: HttpRequest, page: Page) -> None:
    """Those that were written before it was saved for the first time: Wagtail tells of none."""
    written = list(Comment.objects.filter(page_id=page.pk).order_by("pk"))
    tell_of_comments(page=page, by=signed_in(request), said=ThreadNews(comments=written))
