"""Certificates in public: the proof, the PDF, and the form that looks one up."""

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from courses.models import CoursePage
from learners.certificates.pdf.certificate import certificate_pdf, facts_of

from .forms import VerifyForm
from .issuing import find_certificate, format_code
from .lengths import NAME, PRODUCER, TITLE, length_class
from .qr import qr_path


@require_safe
def certificate(request: HttpRequest, code: str) -> HttpResponse:
    """The proof: anyone with the code sees what it stands for. Wrong codes answer 404."""
    found = find_certificate(code)
    if found is None:
        return _not_found(request, code)
    if code != found.code:
        return redirect("learners:certificate", found.code)
    course = found.enrollment.course
    is_own = request.user.is_authenticated and request.user.pk == found.enrollment.user_id
    context = {
        "certificate": found,
        "course": course,
        # A course that is not sold has a page for its learners only.
        "course_opens": is_own or CoursePage.objects.on_sale().filter(pk=course.pk).exists(),
        "code": format_code(found.code),
        "address": request.build_absolute_uri(request.path),
        "host": request.get_host(),
        "facts": facts_of(found),
        "share_image": request.build_absolute_uri(static("img/share.png")),
        "qr": qr_path(request.build_absolute_uri(request.path)),
        "checked_at": timezone.now(),
        "lengths": {
            "name": length_class(found.name, NAME),
            "title": length_class(found.course_title, TITLE),
            "producer": length_class(found.producer_name, PRODUCER),
        },
        "is_own": is_own,
    }
    response = render(request, "learners/certificates/certificate.html", context)
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex"
    return response


@require_safe
def pdf(request: HttpRequest, code: str) -> HttpResponse:
    """The certificate as a PDF to save and print."""
    found = find_certificate(code)
    if found is None:
        return _not_found(request, code)
    address = request.build_absolute_uri(request.path.removesuffix("certificate.pdf"))
    response = HttpResponse(certificate_pdf(found, address=address), content_type="application/pdf")
    name = slugify(f"{found.course_title} {found.name}") or "certificate"
    response["Content-Disposition"] = f'attachment; filename="{name}.pdf"'
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex"
    return response


@require_safe
def verify(request: HttpRequest) -> HttpResponse:
    """Look a certificate up by its code."""
    if "code" not in request.GET:
        return render(request, "learners/certificates/verify.html", {"form": VerifyForm()})
    form = VerifyForm(request.GET)
    if form.is_valid():
        found = find_certificate(form.cleaned_data["code"])
        if found:
            return redirect("learners:certificate", found.code)
        form.add_error("code", _unknown_code())
    return render(request, "learners/certificates/verify.html", {"form": form}, status=422)


def _not_found(request: HttpRequest, code: str) -> HttpResponse:
    """One answer for codes that are too short, too long and merely wrong."""
    form = VerifyForm({"code": code[:64]})
    form.add_error("code", _unknown_code())
    return render(request, "learners/certificates/verify.html", {"form": form}, status=404)


def _unknown_code() -> ValidationError:
    return ValidationError(
        _("There is no certificate with this code. Compare it once more."), code="code_unknown"
    )
