"""“Your exports”: how far each is, and the file."""

from uuid import UUID

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from courses.models import Export, ExportKind
from courses.people import signed_in

from .retention import forget
from .selectors import exports_of, fetchable

TYPES = {
    ExportKind.CSV: "text/csv",
    ExportKind.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@require_safe
@never_cache
def index(request: HttpRequest) -> HttpResponse:
    """The page, or its list alone, which a script asks for while something is written."""
    shown = exports_of(signed_in(request))
    context = {
        "exports": shown,
        "under_way": any(each.export.is_unfinished for each in shown),
        "header_title": _("Your exports"),
        "header_icon": "download",
        "breadcrumbs_items": [
            {"url": reverse("wagtailadmin_home"), "label": _("Home")},
            {"url": "", "label": _("Your exports")},
        ],
    }
    whole = request.GET.get("part") != "list"
    template = "courses/exports/index.html" if whole else "courses/exports/list.html"
    return render(request, template, context)


@require_safe
def file(request: HttpRequest, key: UUID) -> FileResponse:
    """One 404 for what is missing, foreign, unfinished, old, or of rights that are gone."""
    export = fetchable(person=signed_in(request), key=key)
    if export is None:
        raise Http404
    try:
        content = default_storage.open(export.file, "rb")
    except FileNotFoundError as error:
        raise Http404 from error
    answer = FileResponse(
        content,
        as_attachment=True,
        filename=f"{export.filename}.{export.kind}",
        content_type=TYPES[ExportKind(export.kind)],
    )
    answer["Cache-Control"] = "private, no-store"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


@require_POST
def remove(request: HttpRequest, key: UUID) -> HttpResponse:
    forget(get_object_or_404(Export, person=signed_in(request), key=key))
    return redirect("exports:index")
