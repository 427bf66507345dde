"""Who may do what: a role and the groups that go with it, set together by one verb.

Wagtail's permissions hang on groups (``courses.isolation.groups`` says what each may). A role
implies groups; on top, an admin may make anyone a moderator.
"""

import logging
from typing import Any

from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from courses.isolation.groups import ADMINS, MODERATORS, PRODUCERS
from courses.people import Person
from learners.errors import LearnerError
from learners.models import Role, User

logger = logging.getLogger(__name__)

# What a role implies. Leaving a role takes its groups away, moderation after admin included:
# whoever stops being an admin starts without rights and may be given the group again.
GROUPS_OF_ROLE = {
    Role.CONSUMER: set(),
    Role.PRODUCER: {PRODUCERS},
    Role.ADMIN: {ADMINS, MODERATORS},
}


@transaction.atomic
def set_role(*, user: User, role: str, by: User | None = None) -> User:
    """Give ``user`` the role and exactly its groups; groups of no role stay as they are.

    Setting the role a person has repairs their groups. Raises LearnerError when the last
    active admin would lose the role.
    """
    role = Role(role)
    # All admins are locked, in one order, so that two cannot demote each other at once.
    concerned = User.objects.select_for_update().filter(Q(pk=user.pk) | Q(role=Role.ADMIN))
    user = {person.pk: person for person in concerned.order_by("pk")}[user.pk]
    before = Role(user.role)
    if before == Role.ADMIN != role and not other_admin_exists(user):
        raise LearnerError(
            _("This is the last admin. Make somebody else an admin first."), code="last_admin"
        )
    lost = GROUPS_OF_ROLE[before] - GROUPS_OF_ROLE[role] if before != role else set()
    user.groups.remove(*_groups(lost))
    user.groups.add(*_groups(GROUPS_OF_ROLE[role]))
    if before != role:
        user.role = role
        # A superuser is an admin made on the command line; the role's end ends that too.
        user.is_superuser = user.is_superuser and role == Role.ADMIN
        log(instance=user, action="learners.role", user=by, data={"from": before, "to": role})
        _tell("role set", "person.role", user, by, role=str(role))
    _note_staff(user)
    user.save(update_fields=["role", "is_superuser", "is_staff", "updated_at"])
    return user


@transaction.atomic
def set_moderator(*, user: User, moderator: bool, by: User | None = None) -> User:
    """Let ``user`` decide on releases, or no longer. Admins always may (LearnerError)."""
    user = User.objects.select_for_update().get(pk=user.pk)
    if user.role == Role.ADMIN and not moderator:
        raise LearnerError(
            _("An admin is a moderator too. Change the role first."), code="admins_moderate"
        )
    was = is_moderator(user)
    if moderator != was:
        change = user.groups.add if moderator else user.groups.remove
        change(*_groups({MODERATORS}))
        log(instance=user, action="learners.moderator", user=by, data={"moderator": moderator})
        _tell("moderation set", "person.moderator", user, by, moderator=moderator)
    _note_staff(user)
    user.save(update_fields=["is_staff", "updated_at"])
    return user


def appoint_admin(user: User) -> User:
    """Whoever runs the machine made this person: an admin whose address counts as verified."""
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return set_role(user=user, role=Role.ADMIN)


def _tell(what: str, event: str, user: User, by: User | None, **fields: Any) -> None:
    logger.info(
        what,
        extra={
            "event": event,
            "person": str(user.pk),
            "user": str(by.pk) if by else None,
            **fields,
        },
    )


def other_admin_exists(user: Person) -> bool:
    """Whether an admin with an open account is left when ``user`` is none any more."""
    return User.objects.filter(role=Role.ADMIN, is_active=True).exclude(pk=user.pk).exists()


def is_moderator(user: Person) -> bool:
    """Whether ``user`` may decide on releases of courses they do not teach."""
    return user.groups.filter(name=MODERATORS).exists()


def _note_staff(user: User) -> None:
    """``is_staff`` repeats what role and groups say, for pages that must not ask for groups."""
    user.is_staff = user.role == Role.ADMIN or is_moderator(user)


def _groups(names: set[str]) -> list[Group]:
    return [Group.objects.get_or_create(name=name)[0] for name in sorted(names)]
