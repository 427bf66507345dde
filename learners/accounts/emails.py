"""What allauth wants to tell people, in our words and through the outbox.

allauth names its mails by a template prefix; ``CODES`` and ``NOTICES`` say what each means
here. Mails to addresses that nobody has verified yet carry nothing a stranger typed, the
name included: a sign-up form that repeats a name is a free way to send spam.
"""

import uuid

from django.conf import settings
from django.urls import reverse

from courses.outbox.queue import queue_mail

# prefix: (subject, what the code is for, minutes it lasts)
CODES = {
    "account/email/email_confirmation_signup": (
        "Your code for Perfomix",
        "Type this code on the page where you created your account.",
        settings.ACCOUNT_EMAIL_VERIFICATION_BY_CODE_TIMEOUT // 60,
    ),
    "account/email/email_confirmation": (
        "Confirm your e-mail address",
        "Type this code on the page where you changed your e-mail address.",
        settings.ACCOUNT_EMAIL_VERIFICATION_BY_CODE_TIMEOUT // 60,
    ),
    "account/email/login_code": (
        "Your code to sign in",
        "Type this code on the page where you asked for it, and you are in.",
        settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT // 60,
    ),
    "account/email/password_reset_code": (
        "Your code for a new password",
        "Type this code on the page where you asked for it, then choose a new password.",
        settings.ACCOUNT_PASSWORD_RESET_BY_CODE_TIMEOUT // 60,
    ),
}
_NOT_YOU = "If it was not you, choose a new password at once: whoever did it can sign in as you."
# prefix: (subject, paragraphs, name of the button's address, text of the button)
NOTICES = {
    "account/email/account_already_exists": (
        "You already have an account",
        [
            "Somebody, probably you, tried to create an account with this e-mail address. "
            "There is one already, so nothing was created.",
            "Sign in as usual. If the password is lost, ask for a new one there.",
        ],
        "account_login",
        "Sign in",
    ),
    "account/email/unknown_account": (
        "There is no account with this address",
        [
            "Somebody, probably you, asked to get into an account with this e-mail address. "
            "There is none. You may have used another address, or not signed up yet.",
        ],
        "account_signup",
        "Create an account",
    ),
    "account/email/password_changed": (
        "Your password was changed",
        ["The password of your account was changed just now.", _NOT_YOU],
        "account_reset_password",
        "Choose a new password",
    ),
    "account/email/password_reset": (
        "Your password was changed",
        ["A new password was chosen with a code from your mailbox.", _NOT_YOU],
        "account_reset_password",
        "Choose a new password",
    ),
    "account/email/password_set": (
        "Your account has a password",
        ["A password was set for your account just now.", _NOT_YOU],
        "account_reset_password",
        "Choose a new password",
    ),
    "account/email/email_changed": (
        "Your e-mail address was changed",
        ["The e-mail address of your account was changed just now.", _NOT_YOU],
        "account_reset_password",
        "Choose a new password",
    ),
    "account/email/email_confirm": (
        "Your e-mail address is confirmed",
        ["This address now belongs to your account.", _NOT_YOU],
        "account_reset_password",
        "Choose a new password",
    ),
    "account/email/email_deleted": (
        "An e-mail address was removed",
        ["An e-mail address was removed from your account just now.", _NOT_YOU],
        "account_reset_password",
        "Choose a new password",
    ),
}


def send_account_mail(*, prefix: str, to: str, context: dict) -> None:
    """Queue the mail that allauth calls ``prefix``. Raises KeyError for one we do not know."""
    key = f"account:{uuid.uuid4()}"  # each request is an occasion of its own
    if prefix in CODES:
        subject, purpose, minutes = CODES[prefix]
        queue_mail(
            key=key,
            to=to,
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
        template="notice",
        context={
            "heading": subject,
            "paragraphs": paragraphs,
            "path": reverse(address),
            "action": action,
        },
    )
