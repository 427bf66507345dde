"""The page where an application to teach is decided, and who waits, at home."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.editor.waiting import Thing, Waiting, first_of
from courses.people import signed_in
from courses.wording.apart import apart
from learners.errors import LearnerError
from learners.models import ApplicationStatus, ProducerApplication, Role

from .applications import decide_application


class DecisionForm(forms.Form):
    note = forms.CharField(
        label=gettext_lazy("Note"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("Goes to the applicant by mail, word for word."),
    )


def decide(request: HttpRequest, pk: int) -> HttpResponse:
    user = signed_in(request)
    if user.role != Role.ADMIN:
        raise PermissionDenied
    applications = ProducerApplication.objects.select_related("user", "decided_by")
    application = get_object_or_404(applications, pk=pk)
    form = DecisionForm(request.POST or None)
    unsent = ""
    if request.method == "POST" and form.is_valid():
        note = form.cleaned_data["note"]
        try:
            decided = decide_application(
                application=application,
                by=user,
                approve=request.POST.get("decision") == "approve",
                note=note,
            )
        except LearnerError as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _said(decided) % {"name": apart(application.user.name)})
            if not note or decided.note == note:
                return redirect("applications:index")
        # Decided by somebody else meanwhile, and with other words.
        application, unsent = get_object_or_404(applications, pk=pk), note
    return TemplateResponse(
        request,
        "learners/accounts/application.html",
        {
            "application": application,
            "form": form,
            "unsent": unsent,
            "earlier": application.user.producer_applications.exclude(pk=pk),
            "breadcrumbs_items": [
                {"url": reverse("wagtailadmin_home"), "label": _("Home")},
                {"url": reverse("applications:index"), "label": _("Applications to teach")},
                {"url": "", "label": application.user.name},
            ],
        },
        status=409 if unsent else 200,
    )


def _said(decided: ProducerApplication) -> str:
    if decided.status == ApplicationStatus.APPROVED:
        return _("%(name)s: approved. A mail is on its way.")
    return _("%(name)s: declined. A mail is on its way.")


def applications_that_wait() -> Waiting:
    """For an admin: who waits for an answer."""
    waiting = ProducerApplication.objects.filter(status=ApplicationStatus.PENDING)
    return first_of(
        waiting.select_related("user").order_by("created_at", "pk"),
        _thing,
        more=reverse("applications:index"),
        all_of=_("All applications to teach"),
    )


def _thing(application: ProducerApplication) -> Thing:
    return Thing(
        icon="mail",
        lead=apart(application.user.name),
        said=_("would like to teach here."),
        about="",
        since=application.created_at,
        label=_("Decide"),
        url=reverse("applications:decide", args=[application.pk]),
    )
