"""For the templates of the review."""

from datetime import datetime
from types import SimpleNamespace
from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.translation import pgettext_lazy
from wagtail.admin.templatetags.wagtailadmin_tags import human_readable_date

from courses.models import LessonKind
from courses.models.drafts import DraftPage
from courses.releases.selectors import release_that_showed

register = template.Library()

# What a comparison says of a page, see courses.moderation.changes.PageChange.states.
STATES = {
    "new": pgettext_lazy("part of a course", "New"),
    "edited": pgettext_lazy("part of a course", "Edited"),
    "moved": pgettext_lazy("part of a course", "Moved"),
    "retired": pgettext_lazy("part of a course", "Retired"),
}
KINDS = {
    LessonKind.VIDEO: pgettext_lazy("kind of lesson", "video"),
    LessonKind.ARTICLE: pgettext_lazy("kind of lesson", "reading"),
    LessonKind.MIXED: pgettext_lazy("kind of lesson", "video and reading"),
}


@register.filter
def of(values: dict[str, Any] | None, key: str) -> Any:
    """``values[key]``, or nothing."""
    return (values or {}).get(key, ())


@register.filter
def state_word(state: str) -> str:
    """What a badge says of a page that differs: ``edited`` gives “Edited”."""
    return str(STATES[state])


@register.filter
def kind_word(kind: str) -> str:
    """The kind of a lesson amid its other facts, as learners read it."""
    return str(KINDS[LessonKind(kind)])


@register.simple_tag
def readable_date(moment: datetime) -> str:
    """Wagtail's ``human_readable_date`` as a value, so that a sentence can hold it."""
    return render_to_string(
        "wagtailadmin/shared/human_readable_date.html",
        {**human_readable_date(moment), "within_a_sentence": True},
    )


class AsReleased:
    """A page whose live revision is of when learners first saw it, by whom who decided that."""

    def __init__(self, page: DraftPage, live_revision: SimpleNamespace) -> None:
        self._page = page
        self.live_revision = live_revision

    def __getattr__(self, name: str) -> Any:
        return getattr(self._page, name)


@register.filter
def as_released(page: Any) -> Any:
    """For Wagtail's words on a page that is live, which are of when its text was saved.

    One query for a live page of a course; others are what they were.
    """
    if not isinstance(page, DraftPage) or not page.live:
        return page
    release = release_that_showed(page)
    if release is None:
        return page
    return AsReleased(page, SimpleNamespace(created_at=release.decided_at, user=release.decided_by))
