"""What reviewers find in the admin: a place in the menu, rows at home, and its addresses."""

from typing import Any

from django.http import HttpRequest
from django.urls import URLResolver, include, path, reverse
from django.utils.formats import number_format
from django.utils.translation import gettext, pgettext, pgettext_lazy
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component
from wagtail.admin.ui.sidebar import LinkMenuItem

from courses.editor.waiting import ROWS, Thing, Waiting
from courses.people import signed_in
from courses.wording.apart import apart
from courses.wording.facts import extent

from .selectors import MOST_COUNTED, how_many_wait, may_review, queue_page
from .wording import kind_of_submission

COUNTED = "_submissions_that_wait"


@hooks.register("register_admin_urls")
def review_addresses() -> list[URLResolver]:
    return [path("reviews/", include("courses.moderation.urls"))]


# Reviewers: a place in the menu and at home


def said(count: int) -> str:
    """How many wait, as far as it was counted."""
    if count <= MOST_COUNTED:
        return number_format(count)
    # Translators: more than were counted, such as “99+”.
    return gettext("%(number)s+") % {"number": number_format(MOST_COUNTED)}


def _how_many(request: HttpRequest) -> int:
    """Asked for the menu and for the home page of one answer."""
    kept: dict[str, int] = request.__dict__
    if COUNTED not in kept:
        kept[COUNTED] = how_many_wait(signed_in(request))
    return kept[COUNTED]


class ReviewsMenuItem(MenuItem):
    """With the number of submissions that wait."""

    def is_shown(self, request: HttpRequest) -> bool:
        return may_review(request.user)

    def render_component(self, request: HttpRequest) -> LinkMenuItem:
        count = _how_many(request)
        label = str(self.label)
        if count:
            # Translators: an item of the menu, such as “Reviews (3)” or “Reviews (99+)”.
            label = gettext("%(label)s (%(count)s)") % {"label": label, "count": said(count)}
        return LinkMenuItem(self.name, label, self.url, icon_name=self.icon_name)


@hooks.register("register_admin_menu_item")
def reviews_item() -> MenuItem:
    return ReviewsMenuItem(
        pgettext_lazy("by moderators", "Reviews"),
        reverse("moderation:queue"),
        name="course-reviews",
        icon_name="clipboard-list",
        order=70,
    )


@hooks.register("things_that_wait")
def submissions_that_wait(request: HttpRequest) -> Waiting:
    """Submissions that wait for this person, the longest waiting first."""
    if not may_review(request.user):
        return Waiting([], 0)
    user = signed_in(request)
    releases = queue_page(user, size=ROWS).rows
    return Waiting(
        things=[_thing(release) for release in releases],
        total=_how_many(request),
        more=reverse("moderation:queue"),
        all_of=gettext("All submissions that wait for you"),
    )


def _thing(release: Any) -> Thing:
    return Thing(
        icon="clipboard-list",
        lead=release.item.title,
        language=release.course.language,
        said=gettext("waits for your review."),
        about=", ".join(
            filter(
                None,
                [
                    apart(release.submitted_by or gettext("Somebody")),
                    kind_of_submission(release),
                    extent(lessons=release.lessons, minutes=release.item.minutes),
                ],
            )
        ),
        since=release.submitted_at,
        label=pgettext("by a moderator", "Review"),
        url=reverse("moderation:review", args=[release.pk]),
    )


@hooks.register("construct_homepage_panels", order=50)
def no_panel_of_wagtails(request: HttpRequest, panels: list[Component]) -> None:
    """Its own leads to an editor that reviewers cannot open; ours are rows of the home page."""
    panels[:] = [
        panel for panel in panels if getattr(panel, "name", "") != "workflow_objects_to_moderate"
    ]
