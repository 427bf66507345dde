"""What a team does with a course beside writing it: remove, keep, archive, take back."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_POST
from wagtail.admin.utils import get_valid_next_url_from_request
from wagtail.models import Page

from courses.errors import CourseError
from courses.models import CoursePage, ReleaseStatus
from courses.models.drafts import CoursePart
from courses.people import signed_in
from courses.releases import (
    archive_course,
    keep_page,
    retire_page,
    unarchive_course,
    withdraw_release,
)
from courses.wording.apart import apart


@require_http_methods(["GET", "POST"])
def remove(request: HttpRequest, page_id: int) -> HttpResponse:
    """Ask, then mark a chapter or lesson to leave with the next release."""
    page = _part(request, page_id)
    named = {"title": apart(page.draft_title)}
    if request.method == "POST":
        done = (
            _("“%(title)s” leaves the course with the next release.")
            if page.live
            else _("“%(title)s” is removed from the course.")
        )
        return _do(
            request,
            lambda: retire_page(page=page, user=signed_in(request)),
            page,
            done % named,
        )
    consequence = (
        _(
            "Learners keep it until the next release is approved. Those who studied it can look "
            "back at it afterwards, and what they completed stays completed. Until then you can "
            "change your mind."
        )
        if page.live
        else _(
            "The next submission goes without it, and what was submitted before stays as it was. "
            "You can take it back at any time."
        )
    )
    button = _("Remove with the next release") if page.live else _("Remove from the course")
    return _confirm(
        request,
        page,
        title=button,
        question=_("Remove “%(title)s” from the course?") % named,
        consequence=consequence,
        button=button,
        below=page.get_descendants().count(),
    )


@require_POST
def keep(request: HttpRequest, page_id: int) -> HttpResponse:
    page = _part(request, page_id)
    return _do(
        request,
        lambda: keep_page(page=page, user=signed_in(request)),
        page,
        _("“%(title)s” stays in the course.") % {"title": apart(page.draft_title)},
    )


@require_http_methods(["GET", "POST"])
def archive(request: HttpRequest, course_id: int) -> HttpResponse:
    """Ask, then hide the course from sale or show it again."""
    course = get_object_or_404(CoursePage, pk=course_id)
    if not course.permissions_for_user(request.user).can_archive():
        raise Http404
    archived = course.archived_at is not None
    if request.method == "POST":
        verb = unarchive_course if archived else archive_course
        done = (
            _("“%(title)s” is on sale again.")
            if archived
            else _("“%(title)s” is no longer on sale.")
        )
        return _do(
            request,
            lambda: verb(course=course, user=signed_in(request)),
            course,
            done % {"title": apart(course.title)},
        )
    return _ask_to_unarchive(request, course) if archived else _ask_to_archive(request, course)


@require_POST
def withdraw(request: HttpRequest, course_id: int) -> HttpResponse:
    """Take a submission back."""
    course = get_object_or_404(CoursePage, pk=course_id)
    if not course.permissions_for_user(request.user).can_edit():
        raise Http404
    release = course.releases.filter(status=ReleaseStatus.IN_REVIEW).first()
    if release is None:
        messages.info(request, _("Nothing is waiting for review."))
        return redirect("studio:before_you_submit", course.pk)
    return _do(
        request,
        lambda: withdraw_release(release=release, user=signed_in(request)),
        course,
        _("The submission is taken back. Learners see what they saw before.")
        if course.live
        else _("The submission is taken back."),
        back=reverse("studio:before_you_submit", args=[course.pk]),
    )


def _ask_to_archive(request: HttpRequest, course: CoursePage) -> HttpResponse:
    return _confirm(
        request,
        course,
        title=_("Archive the course"),
        question=_("Take “%(title)s” off sale?") % {"title": apart(course.title)},
        consequence=_(
            "It leaves the catalogue and search, and nobody can buy it. Whoever bought it "
            "keeps it. You can put it back on sale at any time."
        ),
        button=pgettext("verb", "Archive"),
    )


def _ask_to_unarchive(request: HttpRequest, course: CoursePage) -> HttpResponse:
    return _confirm(
        request,
        course,
        title=_("Put back on sale"),
        question=_("Put “%(title)s” back on sale?") % {"title": apart(course.title)},
        consequence=_("It appears in the catalogue and in search again, as it was last released."),
        button=_("Put back on sale"),
    )


def _part(request: HttpRequest, page_id: int) -> Page:
    """A chapter or lesson that the person may remove; else 404."""
    page = get_object_or_404(Page, pk=page_id).specific
    if not isinstance(page, CoursePart) or not page.permissions_for_user(request.user).can_retire():
        raise Http404
    return page


def _do(
    request: HttpRequest,
    verb: Callable[[], object],
    page: Page,
    message: str,
    *,
    back: str = "",
) -> HttpResponse:
    try:
        verb()
    except CourseError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, message)
    onward = get_valid_next_url_from_request(request)
    return redirect(onward or back or reverse("wagtailadmin_pages:edit", args=[page.pk]))


def _confirm(
    request: HttpRequest, page: Page, *, title: str, button: str, **context: Any
) -> HttpResponse:
    return render(
        request,
        "courses/moderation/confirm.html",
        {
            "header_title": title,
            "page_title": title,
            "header_icon": "doc-full-inverse",
            "breadcrumbs_items": [
                {"url": reverse("wagtailadmin_home"), "label": _("Home")},
                {
                    "url": reverse("wagtailadmin_pages:edit", args=[page.pk]),
                    "label": page.get_admin_display_title(),
                },
                {"url": "", "label": title},
            ],
            "page": page,
            "button": button,
            "next": get_valid_next_url_from_request(request),
            **context,
        },
    )
