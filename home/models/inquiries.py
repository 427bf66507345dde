"""What somebody wrote to us on the help page."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

LONGEST = 5000


class Inquiry(models.Model):
    """Waits for an answer until an admin has given one, by mail, and says so."""

    # Chosen when the form is shown, so that a form sent twice is one inquiry.
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    # Nobody when it was written by somebody who was not signed in.
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="inquiries",
        verbose_name=_("account"),
    )
    email = models.EmailField(verbose_name=_("e-mail"))
    order = models.ForeignKey(
        "storefront.Order",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="inquiries",
        verbose_name=_("order"),
    )
    text = models.TextField(max_length=LONGEST, verbose_name=_("message"))
    created_at = models.DateTimeField(auto_now_add=True, verbose_name=_("written"))
    answered_at = models.DateTimeField(null=True, blank=True, verbose_name=_("answered"))
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("answered by"),
    )

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("inquiry")
        verbose_name_plural = _("inquiries")
        ordering = ["-created_at", "-pk"]
        indexes = [
            # The inbox opens with those that wait.
            models.Index(
                fields=["-created_at"],
                name="inquiries_waiting",
                condition=models.Q(answered_at=None),
            )
        ]

    def __str__(self) -> str:
        return self.email
