"""The inbox of applications to teach: a list, and a page where one is decided."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.components import Component
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet

from learners.errors import LearnerError
from learners.models import ApplicationStatus, ProducerApplication, Role

from .applications import decide_application

DECIDED = {
    ApplicationStatus.APPROVED: _("%(name)s: approved. A mail is on its way."),
    ApplicationStatus.DECLINED: _("%(name)s: declined. A mail is on its way."),
}


class DecisionForm(forms.Form):
    note = forms.CharField(
        required=False,
        label=_("Note"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Goes to the applicant by mail, word for word."),
    )


class ApplicationIndexView(generic.IndexView):
    page_title = _("Applications to teach")
    default_ordering = "-created_at"
    list_export = []

    def get_base_queryset(self) -> QuerySet:
        return ProducerApplication.objects.select_related("user", "decided_by")

    def get_add_url(self):
        return None

    def get_edit_url(self, instance: Any):
        return reverse("applications:decide", args=[instance.pk])

    def get_list_buttons(self, instance: Any):
        return []


class ApplicationViewSet(ModelViewSet):
    model = ProducerApplication
    name = "applications"
    url_prefix = "applications"
    icon = "mail"
    menu_label = _("Applications")
    menu_order = 250
    add_to_admin_menu = True
    add_to_reference_index = False
    copy_view_enabled = False
    inspect_view_enabled = False
    index_view_class = ApplicationIndexView
    form_fields = ["note"]
    list_filter = ["status"]
    list_display = [
        TitleColumn(
            "user",
            label=_("Who"),
            accessor="user.name",
            get_url=lambda application: reverse("applications:decide", args=[application.pk]),
        ),
        Column("address", label=_("E-mail"), accessor="user.email"),
        Column("status", label=_("Status"), accessor="get_status_display", sort_key="status"),
        DateColumn("created_at", label=_("Sent"), sort_key="created_at"),
        Column("decided_by", label=_("Decided by")),
    ]

    def get_urlpatterns(self):
        """A list and one page: applications are neither written nor deleted here."""
        return [
            path("", self.index_view, name="index"),
            path("results/", self.index_results_view, name="index_results"),
            path("<int:pk>/", decide, name="decide"),
        ]


def decide(request: HttpRequest, pk: int) -> HttpResponse:
    if request.user.role != Role.ADMIN:
        raise PermissionDenied
    applications = ProducerApplication.objects.select_related("user", "decided_by")
    application = get_object_or_404(applications, pk=pk)
    form = DecisionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            decided = decide_application(
                application=application,
                by=request.user,
                approve=request.POST.get("decision") == "approve",
                note=form.cleaned_data["note"],
            )
        except LearnerError as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, DECIDED[decided.status] % {"name": application.user.name})
        return redirect("applications:index")
    return TemplateResponse(
        request,
        "learners/accounts/application.html",
        {
            "application": application,
            "form": form,
            "earlier": application.user.producer_applications.exclude(pk=pk),
            "breadcrumbs_items": [
                {"url": reverse("wagtailadmin_home"), "label": _("Home")},
                {"url": reverse("applications:index"), "label": _("Applications to teach")},
                {"url": "", "label": application.user.name},
            ],
        },
    )


class WaitingApplications(Component):
    """On an admin's dashboard: who waits for an answer."""

    order = 110
    template_name = "learners/accounts/waiting_applications.html"

    def get_context_data(self, parent_context: dict[str, Any]):
        waiting = ProducerApplication.objects.filter(status=ApplicationStatus.PENDING)
        return {"applications": waiting.select_related("user").order_by("created_at", "pk")[:5]}
