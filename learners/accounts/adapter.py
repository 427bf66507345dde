"""Where allauth meets this project: our mails, our words, our user."""

from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from courses.limits.visitors import address_of
from courses.people import Person
from courses.wording.zones import ZONES

from .emails import send_account_mail
from .workplaces import landing


class AccountAdapter(DefaultAccountAdapter):
    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": _(
            "E-mail address and password do not fit together. "
            "If you never confirmed the address, ask for a code below instead."
        ),
        "email_taken": _("There is an account with this e-mail address."),
        "incorrect_code": _("This code is not right. Check the newest mail."),
        "incorrect_password": _("This is not your password."),
        "too_many_login_attempts": _("Too many tries. Wait a few minutes, then try again."),
        "rate_limited": _("Too many requests. Wait a few minutes, then try again."),
        "same_as_current": _("This is what it is now. Type another one."),
    }

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        send_account_mail(prefix=template_prefix, to=email, context=context)

    def save_user(
        self, request: HttpRequest, user: Person, form: forms.Form, commit: bool = True
    ) -> Person:
        user.name = form.cleaned_data["name"]
        user.language = get_language()
        zone = form.cleaned_data.get("time_zone", "")
        user.time_zone = zone if zone in ZONES else ""
        return super().save_user(request, user, form, commit)

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Person | None:
        """Whoever has not proved an address signs in with a code from its mailbox.

        Their password opens nothing, and the answer is the one to a wrong password: somebody
        who signs up with an address and then signs in would learn from any other whether it
        had been free.
        """
        person = super().authenticate(request, **credentials)
        if person is None or person.emailaddress_set.filter(verified=True).exists():
            return person
        # Counted as the wrong password that it looks like; a right one is not counted.
        self.pre_authenticate(request, **credentials)
        return None

    def get_client_ip(self, request: HttpRequest) -> str:
        """Whom allauth counts tries for, and names in its notices: as everywhere else."""
        address = address_of(request)
        if not address:
            raise PermissionDenied("The server does not say who asks.")
        return address

    def is_safe_url(self, url: str) -> bool:
        """No address at all is safe when it cannot even be read."""
        try:
            return super().is_safe_url(url)
        except ValueError:  # urlsplit: "Invalid IPv6 URL"
            return False

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """To their work. A ``next`` that is safe comes first; allauth sees to that."""
        return landing(request.user)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("learners:account")
