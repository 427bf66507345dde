"""What an account hears of: that it was made, and an address that was proved."""

import logging
from typing import Any

from allauth.account.models import EmailAddress
from allauth.account.signals import email_confirmed, user_signed_up
from django.dispatch import receiver
from django.http import HttpRequest

from courses.people import Person

logger = logging.getLogger(__name__)


@receiver(user_signed_up)
def note_a_sign_up(sender: Any, user: Person, **kwargs: Any) -> None:
    logger.info("signed up", extra={"event": "account.created", "person": str(user.pk)})


@receiver(email_confirmed)
def forget_a_strangers_password(
    sender: Any, request: HttpRequest, email_address: EmailAddress, **kwargs: Any
) -> None:
    """Whoever proves an address has it; who typed the password before may be somebody else.

    Anybody can sign up with an address of another's and wait. Its owner, who comes later and
    signs in with a code or asks for a new password, would share the account with them. The
    password stays only when it was typed in the session that now proves the address.
    """
    # allauth's stages and flows import each other; they load with its views.
    from allauth.account.stages import EmailVerificationStage, LoginStageController

    user = email_address.user
    if request.user == user or not user.has_usable_password():
        return
    stage = LoginStageController.enter(request, EmailVerificationStage.key)
    if stage is None or stage.login.user != user:
        user.set_unusable_password()
        user.save(update_fields=["password"])
        logger.info(
            "unproved password dropped",
            extra={"event": "account.password_dropped", "person": str(user.pk)},
        )
