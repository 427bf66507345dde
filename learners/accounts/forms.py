"""Forms of accounts: allauth's with our labels, the profile, the application to teach."""

import uuid
from typing import TYPE_CHECKING, Any

from allauth.account import forms as allauth_forms
from django import forms
from django.conf import settings
from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.functional import lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from courses.shapes.addresses import shorten
from courses.wording.sizes import format_size
from courses.wording.zones import ZONES, zone_called, zone_choices, zone_words
from learners.models import ProducerApplication, User

from .avatars import LARGEST_FILE, read_avatar
from .names import LONGEST, clean_name

if TYPE_CHECKING:  # a name of the stubs alone
    from django_stubs_ext import StrOrPromise

NAME_HELP = _("As it should stand on a certificate. You can change it later.")
PASSWORD_HELP = _("10 characters or more. A short sentence works well.")


class NameField(forms.CharField):
    """A person's name, cleaned by ``learners.accounts.names``."""

    def __init__(self, **options: Any) -> None:
        ours: dict[str, Any] = {
            "label": _("Your name"),
            "max_length": LONGEST,
            "help_text": NAME_HELP,
        }
        super().__init__(**(ours | options))
        self.widget.attrs["autocomplete"] = "name"

    def clean(self, value: Any) -> str:
        return clean_name(super().clean(value))


class ZoneInput(forms.TextInput):
    """A field that lists zones by city while one types, without any script."""

    template_name = "learners/accounts/zone_input.html"

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"]["zones"] = zone_choices(timezone.now())
        context["widget"]["attrs"]["list"] = f"{context['widget']['attrs'].get('id', name)}-list"
        return context


class ZoneField(forms.CharField):
    """A time zone, chosen from the list or typed as a city."""

    def __init__(self, **options: Any) -> None:
        ours: dict[str, Any] = {
            "label": _("Time zone"),
            "required": False,
            "max_length": 64,
            "help_text": _("Type a city near you, and dates and hours are shown by its clock."),
            "widget": ZoneInput,
        }
        super().__init__(**(ours | options))

    def clean(self, value: Any) -> str:
        typed = super().clean(value)
        found = zone_called(typed) if typed else ""
        if typed and not found:
            raise forms.ValidationError(
                _("There is no time zone of this name. Choose one from the list."),
                code="zone_unknown",
            )
        return found


class PlainFields:
    """Our labels on allauth's fields, which otherwise show them as placeholders too, and no
    longer addresses than we can keep."""

    fields: dict[str, forms.Field]
    labels: "dict[str, StrOrPromise]" = {
        "login": _("E-mail"),
        "email": _("E-mail"),
        "password": _("Password"),
        "password1": _("Password"),
        "password2": _("The same again"),
        "oldpassword": _("Your password now"),
        "code": _("Code"),
    }
    helps: "dict[str, StrOrPromise]" = {"password1": PASSWORD_HELP}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            field.label = self.labels.get(name, field.label)
            field.help_text = self.helps.get(name, "" if name in self.labels else field.help_text)
            if isinstance(field, forms.EmailField):
                shorten(field)


class SignupForm(PlainFields, allauth_forms.SignupForm):
    """An address that is taken costs the work of one that is free, and gets the same answer."""

    name = NameField()
    time_zone = forms.CharField(
        required=False, widget=forms.HiddenInput(attrs={"data-zone": ""}), max_length=64
    )
    field_order = ["name", "email", "password1", "time_zone"]
    account_already_exists: bool  # set by clean_email

    def try_save(self, request: HttpRequest) -> tuple[User | None, HttpResponse | None]:
        if self.account_already_exists:
            self._rehearse(request)
        else:
            try:
                with transaction.atomic():
                    return super().try_save(request)
            except IntegrityError:  # one_user_per_email: somebody was faster by a moment
                self.account_already_exists = True
        return super().try_save(request)

    def _rehearse(self, request: HttpRequest) -> None:
        """The whole sign-up with an address that nobody has, taken back at once."""
        typed = self.cleaned_data["email"]
        self.cleaned_data["email"] = f"{uuid.uuid4().hex}@rehearsal.invalid"
        self.account_already_exists = False
        with transaction.atomic():
            self.save(request)
            transaction.set_rollback(True)
        self.account_already_exists = True
        self.cleaned_data["email"] = typed


class LoginForm(PlainFields, allauth_forms.LoginForm):
    pass


class ResetPasswordForm(PlainFields, allauth_forms.ResetPasswordForm):
    pass


class ResetPasswordKeyForm(PlainFields, allauth_forms.ResetPasswordKeyForm):
    labels = PlainFields.labels | {"password1": _("New password")}


class ChangePasswordForm(PlainFields, allauth_forms.ChangePasswordForm):
    labels = PlainFields.labels | {"password1": _("New password")}


class AddEmailForm(PlainFields, allauth_forms.AddEmailForm):
    labels = PlainFields.labels | {"email": _("New e-mail address")}


class ReauthenticateForm(PlainFields, allauth_forms.ReauthenticateForm):
    pass


class RequestLoginCodeForm(PlainFields, allauth_forms.RequestLoginCodeForm):
    pass


class ConfirmEmailCodeForm(PlainFields, allauth_forms.ConfirmEmailVerificationCodeForm):
    minutes = settings.ACCOUNT_EMAIL_VERIFICATION_BY_CODE_TIMEOUT // 60


class ConfirmLoginCodeForm(PlainFields, allauth_forms.ConfirmLoginCodeForm):
    minutes = settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT // 60


class ConfirmPasswordResetCodeForm(PlainFields, allauth_forms.ConfirmPasswordResetCodeForm):
    minutes = settings.ACCOUNT_PASSWORD_RESET_BY_CODE_TIMEOUT // 60


def _what_a_picture_may_be() -> str:
    return gettext("JPEG, PNG or WebP, up to %(size)s. The middle is cut out as a round.") % {
        "size": format_size(LARGEST_FILE)
    }


class ProfileForm(forms.ModelForm):
    name = NameField(help_text=_("As it is printed on certificates from now on."))
    picture = forms.FileField(
        label=_("Picture"),
        required=False,
        help_text=lazy(_what_a_picture_may_be, str)(),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
    )
    remove_picture = forms.BooleanField(required=False, label=_("Remove the picture"))

    time_zone = ZoneField()

    class Meta:
        model = User
        fields = ["name", "bio", "time_zone"]
        labels = {"bio": _("About you")}
        widgets = {"bio": forms.Textarea(attrs={"rows": 4})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.time_zone in ZONES:
            self.fields["time_zone"].help_text = _(
                "Now %(zone)s. Type a city near you, and dates and hours are shown by its clock."
            ) % {"zone": zone_words(self.instance.time_zone, timezone.now())}
        if self.instance.role == "consumer":
            del self.fields["bio"]
        if not self.instance.avatar:
            del self.fields["remove_picture"]

    def clean_picture(self) -> ContentFile[bytes] | None:
        upload = self.cleaned_data["picture"]
        return read_avatar(upload) if upload else None


class ApplicationForm(forms.ModelForm):
    website = forms.URLField(
        required=False,
        max_length=ProducerApplication._meta.get_field("website").max_length,
        assume_scheme="https",
        label=_("Something of yours to look at"),
        help_text=_("A site, a talk, a shop, a video."),
        widget=forms.URLInput(attrs={"placeholder": "https://"}),
    )

    class Meta:
        model = ProducerApplication
        fields = ["pitch", "website"]
        labels = {
            "pitch": _("What would you teach, and why you?"),
        }
        help_texts = {
            "pitch": _(
                "A course you have in mind, who it is for, and what you have done yourself."
            ),
        }
        widgets = {"pitch": forms.Textarea(attrs={"rows": 8})}
