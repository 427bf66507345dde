"""One page on which every course begins."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from courses.editor.tabs import outline_address
from courses.errors import CourseError
from courses.models import CourseImport, CoursePage
from courses.people import Person, signed_in
from courses.teams.members import create_course
from courses.wording.apart import apart
from courses.wording.sizes import format_size

from .bringing import begin_copy, bring, put_away, stop
from .forms import EMPTY, CopyForm, NewCourseForm
from .planting import plant
from .selectors import imports_of, report_of, to_copy
from .templates import TEMPLATES, template_called


@require_http_methods(["GET", "POST"])
def new_course(request: HttpRequest) -> HttpResponse:
    """The page, and a course that begins empty or from a template."""
    form = NewCourseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            course = _begin(signed_in(request), **form.cleaned_data)
        except CourseError as refusal:
            form.add_error(None, str(refusal))
        else:
            return _go_on(request, course)
    return page(request, form=form)


@require_POST
def copy(request: HttpRequest) -> HttpResponse:
    """A copy of one of the person's courses; what is foreign answers as what does not exist."""
    form = CopyForm(request.POST)
    if form.is_valid():
        try:
            course = begin_copy(person=signed_in(request), course_id=form.cleaned_data["course"])
        except CourseError as refusal:
            form.add_error("course", str(refusal))
        else:
            return _go_on(request, course) if course else redirect("studio:new_course")
    return page(request, copy_form=form)


@require_POST
def bring_course(request: HttpRequest) -> HttpResponse:
    """Takes a file; a worker imports it."""
    file = request.FILES.get("file")
    try:
        if file is None:
            raise CourseError(_("Choose a file to bring."), code="no_file")
        bring(person=signed_in(request), file=file)
    except CourseError as refusal:
        told = {"name": file.name if file else "", "reason": str(refusal)}
        answer = page(request, refused=told)
        answer.status_code = 400
        return answer
    return redirect("studio:new_course")


@require_POST
def stop_import(request: HttpRequest, key: UUID) -> HttpResponse:
    brought = get_object_or_404(CourseImport, person=signed_in(request), key=key)
    if not stop(brought=brought, by=signed_in(request)):
        messages.info(request, _("It had ended before it could be stopped."))
    return redirect("studio:new_course")


@require_POST
def put_away_import(request: HttpRequest, key: UUID) -> HttpResponse:
    """Its report stays, and its line among what was brought before."""
    brought = get_object_or_404(CourseImport, person=signed_in(request), key=key)
    put_away(brought=brought, by=signed_in(request))
    return redirect("studio:new_course")


@require_safe
@never_cache
def imports(request: HttpRequest) -> HttpResponse:
    """How far the person's imports are: what a script asks for while one is under way."""
    context = {"imports": imports_of(signed_in(request))}
    return render(request, "courses/beginning/imports.html", context)


@require_safe
@never_cache
def import_report(request: HttpRequest, key: UUID) -> HttpResponse:
    """What became of a file; one 404 for what is foreign, unfinished or missing."""
    report = report_of(signed_in(request), key)
    if report is None:
        raise Http404
    context = {
        "report": report,
        "header_title": _("What came in"),
        "header_icon": "download",
        "breadcrumbs_items": [
            {"url": reverse("studio:my_courses"), "label": _("My courses")},
            {"url": reverse("studio:new_course"), "label": _("New course")},
            {"url": "", "label": _("What came in")},
        ],
    }
    return render(request, "courses/beginning/report.html", context)


def page(request: HttpRequest, **given: Any) -> HttpResponse:
    """The page as it stands; ``given`` replaces what a form on it has to say."""
    brought = imports_of(signed_in(request))
    form = given.setdefault("form", NewCourseForm())
    # Whoever copies or brings reads first what was wrong there.
    if request.method == "GET" or form.is_bound:
        form.fields["title"].widget.attrs["autofocus"] = True
    context = {
        "templates": TEMPLATES,
        "copy_form": CopyForm(),
        "own": to_copy(signed_in(request), first=request.GET.get("copy", "")),
        "imports": brought,
        "before": [shown for shown in brought if not shown.brought.is_unfinished],
        "most": format_size(settings.WAGTAILDOCS_MAX_UPLOAD_SIZE),
        "header_title": _("New course"),
        "header_icon": "plus",
        "breadcrumbs_items": [
            {"url": reverse("studio:my_courses"), "label": _("My courses")},
            {"url": "", "label": _("New course")},
        ],
    }
    return render(request, "courses/beginning/new_course.html", context | given)


def _begin(producer: Person, *, title: str, start: str, structure_type: str) -> CoursePage:
    template = template_called(start)
    if start == EMPTY or template is None:
        return create_course(producer=producer, title=title, structure_type=structure_type)
    return plant(template=template, producer=producer, title=title)


def _go_on(request: HttpRequest, course: CoursePage) -> HttpResponse:
    messages.success(
        request,
        _("“%(title)s” is yours. Only your team can see it.") % {"title": apart(course.title)},
    )
    return redirect(outline_address(course.pk))
