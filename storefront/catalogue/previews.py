"""A course as it would be sold, from its newest drafts, for its team. Nothing is recorded."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from courses.covers.pictures import make_thumbnail
from courses.editor.draft_outline import draft_outline
from courses.editor.tabs import outline_address
from courses.models import CoursePage


def preview_course(course: CoursePage, request: HttpRequest) -> HttpResponse:
    """Beside a form that is being filled in, nothing leads away from it."""
    is_beside_its_form = getattr(request, "is_editing", False)
    # Who looks right after choosing it waits for it; else a worker has made it by now.
    make_thumbnail(course)
    outline = draft_outline(course)
    context = {
        "page": course,
        "outline": outline,
        "first": outline.lessons[0] if outline.lessons else None,
        "leads_on": not is_beside_its_form,
        "drafts": "plain" if is_beside_its_form else "linked",
        "outline_url": outline_address(course.pk),
    }
    return render(request, "storefront/catalogue/course_draft.html", context)
