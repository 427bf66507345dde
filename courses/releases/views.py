"""What a team does with a course beside writing it: remove, keep, archive, take back."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST
from wagtail.admin.utils import get_valid_next_url_from_request
from wagtail.models import Page

from courses.errors import CourseError
from courses.models import CoursePage, ReleaseStatus
from courses.models.drafts import CoursePart
from courses.releases import (
    archive_course,
    keep_page,
    retire_page,
    unarchive_course,
    withdraw_release,
)


@require_http_methods(["GET", "POST"])
def remove(request: HttpRequest, page_id: int) -> HttpResponse:
    """Ask, then mark a chapter or lesson to leave with the next release."""
    page = _part(request, page_id)
    if request.method == "POST":
        return _do(
            request,
            lambda: retire_page(page=page, user=request.user),
            page,
            f"“{page.draft_title}” leaves the course with the next release.",
        )
    return _confirm(
        request,
        page,
        title="Remove with the next release",
        question=f"Remove “{page.draft_title}” from the course?",
        consequence=(
            "Learners keep it until the next release is approved. Those who studied it can look "
            "back at it afterwards, and what they completed stays completed. Until then you can "
            "change your mind."
        ),
        button="Remove with the next release",
        below=page.get_descendants().count(),
    )


@require_POST
def keep(request: HttpRequest, page_id: int) -> HttpResponse:
    page = _part(request, page_id)
    return _do(
        request,
        lambda: keep_page(page=page, user=request.user),
        page,
        f"“{page.draft_title}” stays in the course.",
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
        done = "is on sale again" if archived else "is no longer on sale"
        return _do(
            request,
            lambda: verb(course=course, user=request.user),
            course,
            f"“{course.title}” {done}.",
        )
    return _confirm(
        request,
        course,
        title="Put back on sale" if archived else "Archive the course",
        question=f"Put “{course.title}” back on sale?"
        if archived
        else f"Take “{course.title}” off sale?",
        consequence=(
            "It appears in the catalogue and in search again, as it was last released."
            if archived
            else "It leaves the catalogue and search, and nobody can buy it. Whoever bought it "
            "keeps it. You can put it back on sale at any time."
        ),
        button="Put back on sale" if archived else "Archive",
    )


@require_POST
def withdraw(request: HttpRequest, course_id: int) -> HttpResponse:
    """Take a submission back."""
    course = get_object_or_404(CoursePage, pk=course_id)
    if not course.permissions_for_user(request.user).can_edit():
        raise Http404
    release = course.releases.filter(status=ReleaseStatus.IN_REVIEW).first()
    if release is None:
        messages.info(request, "Nothing is waiting for review.")
        return redirect("wagtailadmin_pages:edit", course.pk)
    return _do(
        request,
        lambda: withdraw_release(release=release, user=request.user),
        course,
        "The submission is taken back. Learners noticed nothing.",
    )


def _part(request: HttpRequest, page_id: int) -> CoursePart:
    page = get_object_or_404(Page, pk=page_id).specific
    if not isinstance(page, CoursePart) or not page.permissions_for_user(request.user).can_retire():
        raise Http404
    return page


def _do(request: HttpRequest, verb, page, message: str) -> HttpResponse:
    try:
        verb()
    except CourseError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, message)
    onward = get_valid_next_url_from_request(request)
    return redirect(onward or reverse("wagtailadmin_pages:edit", args=[page.pk]))


def _confirm(
    request: HttpRequest, page, *, title: str, button: str, **context: Any
) -> HttpResponse:
    return render(
        request,
        "courses/moderation/confirm.html",
        {
            "header_title": title,
            "page_title": title,
            "header_icon": "doc-full-inverse",
            "breadcrumbs_items": [
                {"url": reverse("wagtailadmin_home"), "label": "Home"},
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
