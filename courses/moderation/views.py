"""Reading a submitted course as one thing, and deciding on it.

Reviewers usually may not open the editor of a course, so everything they need stands here,
read from the pinned revisions. A release that is not theirs to see answers 404.
"""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_POST, require_safe
from wagtail import hooks

from courses.covers.addresses import generated_cover_url
from courses.covers.pictures import COVER_FILTERS, CoverImage, thumbnails_of
from courses.errors import CourseError, CursorError
from courses.files.views import serve_picture
from courses.isolation.policies import group_page_actions
from courses.models import (
    CoursePage,
    CourseRelease,
    CourseRendition,
    ItemKind,
    ReleaseItem,
    ReleaseStatus,
)
from courses.models.team import stands_on_team
from courses.models.team import teaches as teaches_course
from courses.people import Person, signed_in
from courses.releases import approve_release, ask_for_changes, restore_release
from courses.releases.outline import get_release_outline
from courses.releases.selectors import history_of
from courses.wording.apart import apart

from .changes import PageChange, changes_between, compare, current_release, pinned_pages
from .comments import comment_on, open_comments, places_of, with_places
from .forms import ChangesForm, CommentForm, ReleaseDecisionForm
from .selectors import (
    asked_before,
    latest_decisions,
    may_review,
    others_releases,
    queue_page,
    said_beside_lessons,
    with_standing,
)

CHANGES_ON_A_PAGE = 25
CHANGES_OPENED = 3  # and compared with the page; the others as they are opened


@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    """Submissions that wait for this person, page by page."""
    if not may_review(request.user):
        raise Http404
    here = reverse("moderation:queue")
    cursor = request.GET.get("at", "")
    try:
        waiting = queue_page(signed_in(request), cursor=cursor)
    except CursorError:
        return redirect(here)
    return _page(
        request,
        "queue",
        title=_reviews(),
        crumbs=[],
        releases=waiting.rows,
        newer=waiting.before and f"{here}?at={waiting.before}",
        older=waiting.after and f"{here}?at={waiting.after}",
        decided=latest_decisions(signed_in(request), most=10) if not cursor else [],
    )


@require_safe
@never_cache
def review(request: HttpRequest, release_id: int) -> HttpResponse:
    return _review_page(request, _release(request, release_id))


@require_safe
def picture(request: HttpRequest, release_id: int) -> FileResponse:
    """The picture that was submitted: nobody but its team may have it from the site yet."""
    release = _release(request, release_id)
    item = release.items.select_related("revision").get(kind=ItemKind.COURSE)
    made = CourseRendition.objects.filter(
        image=item.revision.content.get("thumbnail"), filter_spec__in=COVER_FILTERS.values()
    )
    widest = made.order_by("-width").first()
    if widest is None:
        raise Http404
    return serve_picture(widest, public=False)


@require_safe
@never_cache
def change(request: HttpRequest, release_id: int, item_id: int) -> HttpResponse:
    """What would change in one page; with ``part`` in the address, without a page around it."""
    release = _release(request, release_id)
    shown = _compared_with(release)
    found = changes_between(shown, release) if shown else []
    one = next((one for one in found if one.item and one.item.pk == item_id), None)
    if one is None:
        raise Http404
    compare([one])
    language = release.course.language
    if "part" in request.GET:
        template = "courses/moderation/change.html"
        return render(request, template, {"change": one, "language": language})
    return _page(
        request,
        "change_page",
        title=f"{one.subject.number} {one.subject.title}".strip(),
        crumbs=[_crumb(release)],
        change=one,
        shown=shown,
        language=language,
    )


@require_POST
def approve(request: HttpRequest, release_id: int) -> HttpResponse:
    release = _release(request, release_id)
    form = ReleaseDecisionForm(request.POST)
    if not form.is_valid():
        return _review_page(request, release, form=form, status=422)
    return _decide(
        request,
        lambda: approve_release(
            release=release, user=signed_in(request), comment=form.cleaned_data["comment"]
        ),
        release,
        _("“%(title)s” is released. Learners see it now."),
        form=form,
    )


@require_POST
def send_back(request: HttpRequest, release_id: int) -> HttpResponse:
    release = _release(request, release_id)
    form = ChangesForm(request.POST)
    if not form.is_valid():
        return _review_page(request, release, form=form, status=422)
    return _decide(
        request,
        lambda: ask_for_changes(
            release=release, user=signed_in(request), note=form.cleaned_data["note"]
        ),
        release,
        _("Your note is on its way to the team of “%(title)s”."),
        form=form,
    )


@require_POST
def restore(request: HttpRequest, release_id: int) -> HttpResponse:
    release = _release(request, release_id)
    return _decide(
        request,
        lambda: restore_release(release=release, user=signed_in(request)),
        release,
        _("“%(title)s” shows release %(number)s again."),
        onward=reverse("moderation:history", args=[release.course_id]),
    )


@require_safe
@never_cache
def lesson(request: HttpRequest, release_id: int, item_id: int) -> HttpResponse:
    """One pinned lesson, framed as learners would see it, with what changed in it."""
    release, item = _lesson(request, release_id, item_id)
    return _lesson_page(request, release, item)


@require_POST
def comment(request: HttpRequest, release_id: int, item_id: int) -> HttpResponse:
    """Say something about a lesson, beside the block it is about."""
    release, item = _lesson(request, release_id, item_id)
    form = CommentForm(request.POST, places=places_of(item))
    if not form.is_valid():
        return _lesson_page(request, release, item, comment_form=form, status=422)
    said = form.cleaned_data
    try:
        comment_on(item=item, path=said["place"], text=said["text"], user=signed_in(request))
    except CourseError as refusal:
        messages.error(request, str(refusal))
        return _lesson_page(request, release, item, comment_form=form, status=409)
    messages.success(request, _("Your comment is on its way to the team."))
    return redirect("moderation:lesson", release.pk, item.pk)


def _lesson(
    request: HttpRequest, release_id: int, item_id: int
) -> tuple[CourseRelease, ReleaseItem]:
    release = _release(request, release_id)
    items = release.items.select_related("revision")
    return release, get_object_or_404(items, pk=item_id, kind=ItemKind.LESSON)


def _lesson_page(
    request: HttpRequest,
    release: CourseRelease,
    item: ReleaseItem,
    *,
    comment_form: CommentForm | None = None,
    status: int = 200,
) -> HttpResponse:
    outline = get_release_outline(release)
    before, after = outline.neighbours(item.uuid)
    found: PageChange | None = None
    shown = current_release(release.course_id)
    if shown and shown.pk != release.pk:
        found = next((one for one in changes_between(shown, release) if one.item == item), None)
        compare([found] if found else [])
    may_comment = bool(_actions(release, signed_in(request)))
    return _page(
        request,
        "lesson",
        title=f"{item.number} {item.title}",
        crumbs=[_crumb(release)],
        status=status,
        release=release,
        item=item,
        node=outline.find(item.uuid),
        before=before,
        after=after,
        change=found,
        comments=with_places(open_comments(item), item),
        comment_form=(comment_form or CommentForm(places=places_of(item))) if may_comment else None,
        unsent=comment_form.data.get("text", "") if comment_form and not may_comment else "",
    )


@require_safe
@never_cache
@xframe_options_sameorigin
def read(request: HttpRequest, release_id: int, item_id: int) -> HttpResponse:
    """The lesson itself as learners would read it, from its pinned revision.

    What the player looks like is known to the right of here: the hook ``preview_lesson`` is
    a function of (lesson, request, submitted=…) that answers a response. It shows the key of
    each question, which only a moderator (here) and the team meet. Nothing is recorded.
    """
    release, item = _lesson(request, release_id, item_id)
    pinned = item.revision.as_object()
    for preview in hooks.get_hooks("preview_lesson"):
        return preview(pinned, request, submitted=True)
    return render(
        request,
        "courses/moderation/pinned_lesson.html",
        {"page": pinned, "lesson": pinned, "course": release.course},
    )


@require_safe
def history(request: HttpRequest, course_id: int) -> HttpResponse:
    """Every release of a course with its decision; for the team and for reviewers."""
    course = get_object_or_404(CoursePage, pk=course_id)
    teaches = teaches_course(request.user, course.pk)
    if not teaches and not may_review(request.user):
        raise Http404
    in_frame = teaches or bool(group_page_actions(request.user))
    return _page(
        request,
        "history",
        around="courses/editor/course_frame.html" if in_frame else "wagtailadmin/generic/base.html",
        tab="releases",
        shown_heading=_("Releases and decisions") if in_frame else "",
        title=_("Releases and decisions: %(course)s")
        % {"course": apart(course.get_admin_display_title())},
        crumbs=[],
        course=course,
        releases=history_of(course),
        teaches=teaches,
        restorable=not stands_on_team(request.user, course.pk),
    )


def _release(request: HttpRequest, release_id: int) -> CourseRelease:
    releases = with_standing(others_releases(request.user)).select_related(
        "course", "submitted_by", "decided_by", "workflow_state__current_task_state__task"
    )
    return get_object_or_404(releases, pk=release_id)


def _review_page(
    request: HttpRequest,
    release: CourseRelease,
    *,
    form: ReleaseDecisionForm | None = None,
    status: int = 200,
) -> HttpResponse:
    reader = signed_in(request)
    outline = get_release_outline(release)
    item = outline.course_item
    assert item is not None  # every release holds its course
    course = pinned_pages([item])[item.pk]
    shown = current_release(release.course_id)
    in_review = release.status == ReleaseStatus.IN_REVIEW
    compared_with = _compared_with(release, shown)
    changes = changes_between(compared_with, release) if compared_with else []
    listed = Paginator(changes, CHANGES_ON_A_PAGE).get_page(request.GET.get("changes"))
    compare(listed[:CHANGES_OPENED])
    here = reverse("moderation:review", args=[release.pk])
    actions = {name for name, *_ in _actions(release, reader)} if in_review else set()
    may_approve = "approve" in actions
    lost = [name for name, stands in (("comment", may_approve), ("note", actions)) if not stands]
    return _page(
        request,
        "review",
        title=item.title,
        crumbs=[],
        status=status,
        release=release,
        course=course,
        cover=_cover(release, course),
        asked_before=asked_before(release),
        said_beside=said_beside_lessons(release),
        outline=outline,
        shown=shown,
        compared=compared_with is not None,
        changes=listed,
        newer=f"{here}?changes={listed.previous_page_number()}" if listed.has_previous() else "",
        older=f"{here}?changes={listed.next_page_number()}" if listed.has_next() else "",
        opened=CHANGES_OPENED,
        states_by_page={change.subject.page_id: change.states for change in changes},
        team=release.course.team.select_related("user"),
        open=bool(actions),
        may_approve=may_approve,
        written_by_reader=in_review and release.items.filter(revision__user=reader).exists(),
        form=form or ReleaseDecisionForm(),
        unsent=form.words(*lost) if form else "",
    )


def _cover(release: CourseRelease, course: CoursePage) -> CoverImage:
    """What learners would see of ``course`` as it was submitted. One statement with a picture."""
    if course.thumbnail_id and thumbnails_of([course.thumbnail_id]):
        return CoverImage(reverse("moderation:picture", args=[release.pk]))
    pattern = course.category.pattern if course.category else ""
    return CoverImage(generated_cover_url(seed=course.uuid, pattern=pattern))


def _compared_with(
    release: CourseRelease, shown: CourseRelease | None = None
) -> CourseRelease | None:
    """What a submission is compared with while it is not decided: what learners see now."""
    shown = shown or current_release(release.course_id)
    return shown if shown != release and not release.decided_at else None


def _actions(release: CourseRelease, user: Person) -> list[tuple[str, str, bool]]:
    """What Wagtail's task allows this person now."""
    task_state = release.workflow_state.current_task_state if release.workflow_state else None
    return task_state.task.specific.get_actions(release.course, user) if task_state else []


def _decide(
    request: HttpRequest,
    verb: Callable[[], CourseRelease],
    release: CourseRelease,
    message: str,
    onward: str = "",
    form: ReleaseDecisionForm | None = None,
) -> HttpResponse:
    """Do it and say so; ``message`` has places for the course's title and the release's number.

    What was said in a ``form`` stands again when the decision is refused.
    """
    title = release.items.get(kind=ItemKind.COURSE).title
    try:
        verb()
    except CourseError as refusal:
        messages.error(request, str(refusal))
        if form:
            return _review_page(request, _release(request, release.pk), form=form, status=409)
        return redirect("moderation:review", release.pk)
    messages.success(request, message % {"title": apart(title), "number": release.shown_number})
    return redirect(onward or "moderation:queue")


def _reviews() -> str:
    return pgettext("by moderators", "Reviews")


def _crumb(release: CourseRelease) -> dict[str, str]:
    title = release.items.get(kind=ItemKind.COURSE).title
    return {"url": reverse("moderation:review", args=[release.pk]), "label": title}


def _page(
    request: HttpRequest,
    template: str,
    *,
    title: str,
    crumbs: list[dict[str, str]],
    status: int = 200,
    **context: Any,
) -> HttpResponse:
    trail = [{"url": reverse("wagtailadmin_home"), "label": _("Home")}]
    if template != "queue" and may_review(request.user):
        trail.append({"url": reverse("moderation:queue"), "label": _reviews()})
    context |= {
        "header_title": title,
        # For screen readers alone, on a page that shows none.
        "heading": "" if context.get("shown_heading") else title,
        "page_title": title,
        "header_icon": "clipboard-list",
        "breadcrumbs_items": [*trail, *crumbs, {"url": "", "label": title}],
    }
    return render(request, f"courses/moderation/{template}.html", context, status=status)
