"""Who is told of comments on a page, and of which: by one mail each for whatever was saved at once.

The team of a course is told of all, others of all once they asked for it, and whoever spoke in a
thread of what is said there. Nobody is told of their own words. Whoever wants no mail says so in
the editor's panel of comments for a page, or in their studio account for all.
"""

from collections.abc import Iterable
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import QuerySet
from wagtail.models import Comment, CommentReply, Page

from courses.models import CoursePage, CourseReviewTask
from courses.people import Person

from .emails import mail_comments
from .news import ThreadNews


def tell_of_comments(*, page: Page, by: Person, said: ThreadNews, reviewing: bool = False) -> None:
    """Write to everybody who should know. ``page`` is the draft; ``reviewing``, who said it reads
    its submission, and may not open it."""
    if not list(said):
        return
    course = CoursePage.objects.ancestor_of(page, inclusive=True).first()
    team = set(course.team.teaching().values_list("user_id", flat=True)) if course else set()
    about = {"page": page, "course": course, "by": by, "reviewing": reviewing}
    settled = set(team)  # whoever of them wants no mail gets none of a thread either
    for reader in _readers_of_all(page, team, by):
        settled.add(reader.pk)
        mail_comments(reader=reader, said=said, edits=True, **about)
    for reader, threads in _speakers(said.threads, by, settled):
        edits = page.permissions_for_user(reader).can_edit()
        # Whoever left the team, or decides no more, reads nothing of it.
        if edits or CourseReviewTask.may_decide(reader):
            mail_comments(reader=reader, said=said.within(threads), edits=edits, **about)


def _readers_of_all(page: Page, team: set[Any], by: Person) -> list[Person]:
    """The team, but for those who asked for silence, and whoever else asked to be told."""
    choices = dict(page.subscribers.values_list("user_id", "comment_notifications"))
    silent = {person for person, wants in choices.items() if not wants}
    readers = _reachable(by).filter(pk__in=(team | choices.keys()) - silent)
    return [
        reader
        for reader in readers
        if reader.pk in team or page.permissions_for_user(reader).can_edit()
    ]


def _speakers(
    threads: set[int], by: Person, settled: set[Any]
) -> Iterable[tuple[Person, set[int]]]:
    """Who else began one of these threads or answered in it, and which."""
    spoke: dict[Any, set[int]] = {}
    begun = Comment.objects.filter(pk__in=threads).values_list("user_id", "pk")
    answered = CommentReply.objects.filter(comment_id__in=threads)
    for person, thread in [*begun, *answered.values_list("user_id", "comment_id")]:
        if person not in settled:
            spoke.setdefault(person, set()).add(thread)
    for reader in _reachable(by).filter(pk__in=spoke):
        yield reader, spoke[reader.pk]


def _reachable(by: Person) -> QuerySet[Any]:
    """Everybody else who has not switched these mails off in their studio account."""
    off = get_user_model().objects.filter(wagtail_userprofile__updated_comments_notifications=False)
    people = get_user_model().objects.filter(is_active=True).exclude(pk=by.pk)
    return people.exclude(pk__in=off.values("pk")).order_by("pk")
