"""Certificates as a list."""

from django.utils.translation import gettext_lazy as _

from learners.models import Certificate
from learners.records.lists import OwnCourseFilter, OwnRecords


class CertificateAdmin(OwnRecords):
    model = Certificate
    menu_label = _("Certificates")
    menu_icon = "success"
    course_path = "enrollment__course"
    user_path = "enrollment__user"
    list_display = ("number", "name", "email", "course_title", "issued_on")
    list_filter = (OwnCourseFilter, "issued_at")
    list_select_related = ("enrollment__user",)
    inspect_view_fields = ("number", "name", "course_title", "lessons", "minutes", "issued_on")
    ordering = ("-number",)
    export_filename = "certificates"
    list_export = (
        *("number", "name", "email", "course_title", "producer_name", "lessons"),
        *("minutes", "issued_on"),
    )
