"""What allauth wants to tell people, in our words and through the outbox.

allauth names its mails by a template prefix; ``CODES`` and ``NOTICES`` say what each means
here. Mails to addresses that nobody has verified yet carry nothing a stranger typed, the
name included: a sign-up form that repeats a name is a free way to send spam.
"""

import uuid

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from courses.limits.trying import within
from courses.outbox.queue import queue_mail
from learners.models import User

# prefix: (subject, what the code is for, minutes it lasts)
CODES = {
    "account/email/email_confirmation_signup": (
        _("Your code for Perfomix"),
        _("Type this code on the page where you created your account."),
        settings.ACCOUNT_EMAIL_VERIFICATION_BY_CODE_TIMEOUT // 60,
    ),
    "account/email/email_confirmation": (
        _("Confirm your e-mail address"),
        _("Type this code on the page where you changed your e-mail address."),
        settings.ACCOUNT_EMAIL_VERIFICATION_BY_CODE_TIMEOUT // 60,
    ),
    "account/email/login_code": (
        _("Your code to sign in"),
        _("Type this code on the page where you asked for it, and you are in."),
        settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT // 60,
    ),
    "account/email/password_reset_code": (
        _("Your code for a new password"),
        _("Type this code on the page where you asked for it, then choose a new password."),
        settings.ACCOUNT_PASSWORD_RESET_BY_CODE_TIMEOUT // 60,
    ),
}
# What anybody causes who types an address that is taken, and how often its owner is told.
TAKEN = "account/email/account_already_exists"
TOLD = "6/hour"
_NOT_YOU = _("If it was not you, choose a new password at once: whoever did it can sign in as you.")
# prefix: (subject, paragraphs, name of the button's address, text of the button)
NOTICES = {
    "account/email/account_already_exists": (
        _("You already have an account"),
        [
            _(
                "Somebody, probably you, tried to create an account with this e-mail address. "
                "There is one already, so nothing was created."
            ),
            _("Sign in as usual. If the password is lost, ask for a new one there."),
        ],
        "account_login",
        _("Sign in"),
    ),
    "account/email/unknown_account": (
        _("There is no account with this address"),
        [
            _(
                "Somebody, probably you, asked to get into an account with this e-mail address. "
                "There is none. You may have used another address, or not signed up yet."
            ),
        ],
        "account_signup",
        _("Create an account"),
    ),
    "account/email/password_changed": (
        _("Your password was changed"),
        [_("The password of your account was changed just now."), _NOT_YOU],
        "account_reset_password",
        _("Choose a new password"),
    ),
    "account/email/password_reset": (
        _("Your password was changed"),
        [_("A new password was chosen with a code from your mailbox."), _NOT_YOU],
        "account_reset_password",
        _("Choose a new password"),
    ),
    "account/email/password_set": (
        _("Your account has a password"),
        [_("A password was set for your account just now."), _NOT_YOU],
        "account_reset_password",
        _("Choose a new password"),
    ),
    "account/email/email_changed": (
        _("Your e-mail address was changed"),
        [_("The e-mail address of your account was changed just now."), _NOT_YOU],
        "account_reset_password",
        _("Choose a new password"),
    ),
    "account/email/email_confirm": (
        _("Your e-mail address is confirmed"),
        [_("This address now belongs to your account."), _NOT_YOU],
        "account_reset_password",
        _("Choose a new password"),
    ),
    "account/email/email_deleted": (
        _("An e-mail address was removed"),
        [_("An e-mail address was removed from your account just now."), _NOT_YOU],
        "account_reset_password",
        _("Choose a new password"),
    ),
}


def send_account_mail(*, prefix: str, to: str, context: dict) -> None:
    """Queue the mail that allauth calls ``prefix``. Raises KeyError for one we do not know.

    A stranger could fill a mailbox with the news that its address is taken. Beyond a few the
    mail is written and taken back: to do less work would tell that the address is known.
    """
    with transaction.atomic():
        _queue(prefix=prefix, to=to, context=context)
        if prefix == TAKEN and not within(action="taken to", who=to.casefold(), rate=TOLD):
            transaction.set_rollback(True)


def _queue(*, prefix: str, to: str, context: dict) -> None:
    language, zone = _how_they_read(to, context.get("user"))
    key = f"account:{uuid.uuid4()}"  # each request is an occasion of its own
    if prefix in CODES:
        subject, purpose, minutes = CODES[prefix]
        queue_mail(
            key=key,
            to=to,
            language=language,
            zone=zone,
            template="code",
            context={
                "heading": subject,
                "purpose": purpose,
                "code": context["code"],
                "minutes": minutes,
            },
            sensitive=True,
        )
        return
    subject, paragraphs, address, action = NOTICES[prefix]
    queue_mail(
        key=key,
        to=to,
        language=language,
        zone=zone,
        template="notice",
        context={
            "heading": subject,
            "paragraphs": paragraphs,
            "path": reverse(address),
            "action": action,
        },
    )


def _how_they_read(to: str, user: User | None) -> tuple[str, str]:
    """Language and zone: theirs; for whoever has no account the language of the page on which the
    address was typed.

    allauth names the person for some mails only, and an address that is just being changed
    is not yet anybody's.
    """
    found = User.objects.filter(email__iexact=to).only("language", "time_zone")
    reader = user or found.first()
    return (reader.language, reader.time_zone) if reader else (get_language() or "", "")
