"""The page on which the code for an address is typed, or asked for once more."""

from allauth.account.adapter import get_adapter
from allauth.account.views import ConfirmEmailVerificationCodeView
from django import forms
from django.http import HttpResponse


class ConfirmEmailView(ConfirmEmailVerificationCodeView):
    def form_valid(self, form: forms.Form) -> HttpResponse:
        """Asked for once more, a mail goes out for a taken address too, as for a free one.

        allauth writes to the owner of a taken address once and then only pretends to.
        """
        response = super().form_valid(form)
        pretended = "user_id" not in self._process.state
        if self._action == "resend" and pretended and getattr(self._process, "did_send", False):
            get_adapter(self.request).send_account_already_exists_mail(self._process.email)
        return response
