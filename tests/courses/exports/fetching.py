"""How a test asks for the file of a list."""

from io import BytesIO

from django.core.files.storage import default_storage
from openpyxl import load_workbook

from courses.models import Export
from learners.models import Enrollment
from tests.bulk import many_courses, many_learners

LEARNERS = "/admin/learners/enrollment/"
EXPORTS = "/admin/exports/"


def content(export: Export) -> bytes:
    with default_storage.open(export.file) as file:
        return file.read()


def fetched(client, export: Export):
    return client.get(f"{EXPORTS}{export.key}/")


def at_once(client, address: str, kind: str) -> bytes:
    return b"".join(client.get(address, {"export": kind}).streaming_content)


def cells(sheet: bytes) -> list[tuple]:
    return [row for each in load_workbook(BytesIO(sheet)) for row in each.values]


def fill(progress, count: int) -> None:
    many_courses(like=progress.lesson.get_parent().specific, count=count)
    copies = Enrollment.objects.filter(user=progress.enrollment.user)
    copies.exclude(pk=progress.enrollment_id).delete()
    many_learners(like=progress, count=count)
