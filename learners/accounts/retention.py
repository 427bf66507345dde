"""What is forgotten about people by itself: sessions that ended, accounts nobody proved."""

import logging
from datetime import datetime, timedelta
from uuid import UUID

from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import Exists, OuterRef, ProtectedError, QuerySet
from django.utils import timezone

from learners.models import Role, User

logger = logging.getLogger(__name__)

AT_ONCE = 500


def end_old_sessions(*, now: datetime | None = None) -> int:
    """Delete the rows of sessions that ended; how many. Django itself never does."""
    ended = Session.objects.filter(expire_date__lt=now or timezone.now())
    deleted = 0
    while keys := list(ended.values_list("pk", flat=True)[:AT_ONCE]):
        deleted += Session.objects.filter(pk__in=keys).delete()[0]
    return deleted


def forget_unproved_accounts(*, now: datetime | None = None) -> int:
    """Delete accounts that were never entered and whose address nobody proved; how many.

    Whoever proves the address later signs up anew. An account that an admin made, or that
    somebody made something of meanwhile (a role, a place in a team), is left alone.
    """
    unproved = unproved_accounts(now or timezone.now())
    keys = list(unproved.order_by("created_at", "pk").values_list("pk", flat=True)[:AT_ONCE])
    forgotten = sum(_forget(unproved, key) for key in keys)
    if forgotten:
        logger.info(
            "unproved accounts forgotten",
            extra={"event": "account.forgotten", "accounts": forgotten},
        )
    return forgotten


def _forget(unproved: QuerySet[User], key: UUID) -> bool:
    """Asked again under the lock: the address may have been proved since the list was made."""
    with transaction.atomic():
        person = unproved.select_for_update(of=("self",)).filter(pk=key).first()
        if person is None:
            return False
        try:
            person.delete()
        except ProtectedError:
            return False
    return True


def unproved_accounts(now: datetime) -> QuerySet[User]:
    addresses = EmailAddress.objects.filter(user=OuterRef("pk"))
    return User.objects.filter(
        Exists(addresses.filter(verified=False)),
        ~Exists(addresses.filter(verified=True)),
        last_login=None,
        created_at__lte=now - timedelta(days=settings.UNPROVED_ACCOUNTS_KEPT_DAYS),
        role=Role.CONSUMER,
        is_staff=False,
        is_superuser=False,
        groups=None,
    ).exclude(password__startswith=UNUSABLE_PASSWORD_PREFIX)  # an admin made it, by name
