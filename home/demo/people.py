"""The people of the demo: accounts that can log in at once, and one application."""

import tomllib
from datetime import datetime, timedelta
from typing import Any

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group

from learners.accounts.roles import MODERATORS, set_role
from learners.models import ProducerApplication, Role, User

from .clock import at
from .logins import PASSWORD
from .reading import CONTENT, identity

ROLES = {"admin": Role.ADMIN, "producer": Role.PRODUCER}


def written_people() -> list[dict[str, Any]]:
    """Those of ``people.toml``, longest here first."""
    return tomllib.loads((CONTENT / "people.toml").read_text())["person"]


def load_people(*, now: datetime) -> int:
    """Creates whoever is missing; how many that were. Nobody who is there is touched."""
    # One password for all, hashed once: hashing is slow on purpose.
    password = make_password(PASSWORD)
    people = sorted(written_people(), key=lambda person: -person["joined"])
    return sum(_load_person(person, password, now) for person in people)


def _load_person(given: dict[str, Any], password: str, now: datetime) -> bool:
    email = given["email"]
    if User.objects.filter(email__iexact=email).exists():
        return False
    with at(now - timedelta(days=given["joined"])):
        user = User.objects.create(
            id=identity("person", email),
            email=email,
            name=given["name"],
            bio=given.get("bio", ""),
            password=password,
        )
        EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
        set_role(user=user, role=ROLES.get(given.get("role", ""), Role.CONSUMER))
        if given.get("role") == "moderator":
            user.groups.add(Group.objects.get(name=MODERATORS))
    if "applied" in given:
        with at(now - timedelta(days=given["applied"])):
            ProducerApplication.objects.create(
                user=user, pitch=given["pitch"], website=given["website"]
            )
    return True
