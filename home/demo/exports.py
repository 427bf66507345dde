"""Lists that the admin of the demo wants as files: a worker writes them when the site runs."""

from django.urls import reverse
from django.utils.text import capfirst

from courses.exports.asking import ask
from courses.models.exports import ExportKind
from learners.enrollment.lists import LessonProgressAdmin
from learners.models import User
from storefront.checkout.lists import OrderAdmin

PERSON = "admin@perfomix.example"
WANTED = {LessonProgressAdmin: ExportKind.CSV, OrderAdmin: ExportKind.XLSX}


def ask_for_exports() -> None:
    """As if pressed above each list."""
    person = User.objects.get(email=PERSON)
    for wanted, kind in WANTED.items():
        of = wanted.model._meta
        page = reverse(f"{of.app_label}_{of.model_name}_modeladmin_index")
        ask(
            person=person,
            title=capfirst(str(of.verbose_name_plural)),
            address=f"{page}?export={kind}",
            kind=kind,
            filename=wanted.export_filename,
        )
