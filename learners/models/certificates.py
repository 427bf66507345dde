"""Proof of completion, frozen on the day it was given."""

import secrets
import uuid

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _


def new_code() -> str:
    """26 characters, 130 bits: nobody finds a certificate by guessing.

    Crockford's base 32, without the letters that are mistaken for others.
    """
    alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
    return "".join(secrets.choice(alphabet) for place in range(26))


class Certificate(models.Model):
    """Once given it stays, whatever becomes of the course or of the name."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    enrollment = models.OneToOneField(
        "learners.Enrollment",
        on_delete=models.PROTECT,
        related_name="certificate",
        verbose_name=_("enrollment"),
    )
    code = models.CharField(_("code"), max_length=26, unique=True, default=new_code, editable=False)
    number = models.PositiveIntegerField(
        _("number"), unique=True, help_text=_("Counted from 1 up.")
    )
    name = models.CharField(_("name"), max_length=120)
    course_title = models.CharField(_("course title"), max_length=255)
    producer_name = models.CharField(_("producer name"), max_length=120)
    lessons = models.PositiveIntegerField(_("lessons"))
    minutes = models.PositiveIntegerField(_("minutes"))
    issued_at = models.DateTimeField(_("issued at"))
    # The learner's day then, wherever they or its reader are today.
    issued_on = models.DateField(_("issued on"))

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("certificate")
        verbose_name_plural = _("certificates")
        ordering = ["-number"]
        # Those of a day or a month, which may be none.
        indexes = [models.Index(fields=["issued_at"], name="certificates_by_day")]

    def __str__(self) -> str:
        return gettext("No %(number)d, %(name)s") % {"number": self.number, "name": self.name}
