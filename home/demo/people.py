"""The people of the demo: accounts that can log in at once, and one application."""

import tomllib
from datetime import datetime, timedelta
from typing import Any

from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth.hashers import make_password

from learners.accounts.applications import apply_to_teach
from learners.accounts.roles import set_moderator, set_role
from learners.models import Role, User

from .clock import at
from .logins import PASSWORD
from .reading import CONTENT, identity
from .rows import insert

ROLES = {"admin": Role.ADMIN, "producer": Role.PRODUCER}


def written_people() -> list[dict[str, Any]]:
    """Those of ``people.toml``, longest here first."""
    return tomllib.loads((CONTENT / "people.toml").read_text())["person"]


def load_people(*, now: datetime) -> int:
    """Creates whoever is missing; how many that were. Nobody who is there is touched."""
    people = sorted(written_people(), key=lambda person: -person["joined"])
    known = set(User.objects.values_list("email", flat=True))
    missing = [given for given in people if given["email"] not in known]
    _open_accounts(missing, now)
    for given in missing:
        with at(now - timedelta(days=given["joined"])):
            _give_rights(given)
        if "applied" in given:
            with at(now - timedelta(days=given["applied"])):
                user = User.objects.get(email=given["email"])
                apply_to_teach(user=user, pitch=given["pitch"], website=given["website"])
    return len(missing)


def _open_accounts(people: list[dict[str, Any]], now: datetime) -> None:
    """As signing up and proving the address leave them, all at once."""
    # One password for all, hashed once: hashing is slow on purpose.
    password = make_password(PASSWORD)
    users = [_user(given, password, now - timedelta(days=given["joined"])) for given in people]
    insert(users)
    insert(EmailAddress(user=user, email=user.email, verified=True, primary=True) for user in users)


def _user(given: dict[str, Any], password: str, joined: datetime) -> User:
    return User(
        id=identity("person", given["email"]),
        email=given["email"],
        name=given["name"],
        bio=given.get("bio", ""),
        language=given.get("language", settings.LANGUAGE_CODE),
        time_zone=given.get("zone", ""),
        password=password,
        created_at=joined,
        updated_at=joined,
    )


def _give_rights(given: dict[str, Any]) -> None:
    """A role beyond the one that everybody begins with, and moderation."""
    role = given.get("role")
    if role in ROLES:
        set_role(user=User.objects.get(email=given["email"]), role=ROLES[role])
    if role == "moderator":
        set_moderator(user=User.objects.get(email=given["email"]), moderator=True)
