"""Proof of completion, frozen on the day it was given."""

import secrets
import uuid

from django.db import models


def new_code() -> str:
    """26 characters, 130 bits: nobody finds a certificate by guessing.

    Crockford's base 32, without the letters that are mistaken for others.
    """
    alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
    return "".join(secrets.choice(alphabet) for _ in range(26))


class Certificate(models.Model):
    """Once given it stays, whatever becomes of the course or of the name."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    enrollment = models.OneToOneField(
        "learners.Enrollment", on_delete=models.PROTECT, related_name="certificate"
    )
    code = models.CharField(max_length=26, unique=True, default=new_code, editable=False)
    number = models.PositiveIntegerField(unique=True, help_text="Counted from 1 up.")
    name = models.CharField(max_length=120)
    course_title = models.CharField(max_length=255)
    producer_name = models.CharField(max_length=120)
    lessons = models.PositiveIntegerField()
    minutes = models.PositiveIntegerField()
    issued_at = models.DateTimeField()

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["-number"]

    def __str__(self) -> str:
        return f"No {self.number}, {self.name}"
