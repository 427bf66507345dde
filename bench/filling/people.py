"""Who is there: a few by name, whom the journeys need, and as many others as the size says."""

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group

from bench.sizes import Size
from courses.isolation.groups import PRODUCERS
from learners.accounts.roles import set_moderator, set_role
from learners.models import Role, User

from .patterns import PRODUCER
from .sheets import Sheet, write

PASSWORD = "as long as it takes"
# Admins too: one person may search the admin 120 times a minute.
ASSISTANTS = tuple(f"assistant{number}" for number in range(10))
FIRST = ("Ada", "Bruno", "Cleo", "Dana", "Emil", "Fumi", "Gita", "Hugo", "Ines", "Jonas", "Kaya")
LAST = ("Okafor", "Keller", "Marchetti", "Whitfield", "Sandoval", "Lindqvist", "Tanaka", "Moreau")


@dataclass(frozen=True)
class Person:
    """Keys as COPY writes them."""

    id: str
    name: str


@dataclass(frozen=True)
class Cast:
    """Those with a part, as rows, and the crowd."""

    pattern: User  # leads the courses that others are like
    author: User  # of the course with 300 lessons
    star: User  # four courses, thousands of learners
    prolific: User  # hundreds of courses
    moderator: User
    admin: User
    busy: User  # enrolled in hundreds of courses
    producers: list[Person]
    learners: list[Person]


def address(name: str) -> str:
    return f"{name}@bench.example"


def fill_people(size: Size, draw: Random) -> Cast:
    named = {
        name: _by_verbs(name, role, moderator=name == "moderator")
        for name, role in (
            ("pattern", Role.PRODUCER),
            ("author", Role.PRODUCER),
            ("star", Role.PRODUCER),
            ("prolific", Role.PRODUCER),
            ("moderator", Role.CONSUMER),
            ("admin", Role.ADMIN),
            ("busy", Role.CONSUMER),
        )
    }
    for name in ASSISTANTS:
        _by_verbs(name, Role.ADMIN, moderator=False)
    producers = list(_crowd(size.producers, draw))
    learners = list(_crowd(size.learners, draw))
    password = make_password(PASSWORD)
    _write(producers, "producer", password, role=Role.PRODUCER)
    _write(learners, "learner", password, role=Role.CONSUMER)
    group = Group.objects.get(name=PRODUCERS)
    sheet = Sheet(User.groups.through, ("user_id",), group_id=group.pk)
    write(sheet.target, (sheet.line % (one.id,) for one in producers))
    return Cast(**named, producers=producers, learners=learners)


def _by_verbs(name: str, role: str, *, moderator: bool) -> User:
    written = PRODUCER if name == "pattern" else f"{name.capitalize()} Bench"
    user = User.objects.create_user(address(name), PASSWORD, name=written)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    user = set_role(user=user, role=role)
    return set_moderator(user=user, moderator=True) if moderator else user


def _crowd(count: int, draw: Random) -> Iterator[Person]:
    for _ in range(count):
        name = f"{draw.choice(FIRST)} {draw.choice(LAST)}"
        yield Person(id=draw.randbytes(16).hex(), name=name)


def _write(people: list[Person], kind: str, password: str, *, role: str) -> None:
    users = Sheet(User, ("id", "email", "name"), password=password, role=role)
    addresses = Sheet(EmailAddress, ("user_id", "email"), verified=True, primary=True)
    write(
        users.target,
        (
            users.line % (one.id, address(f"{kind}{number}"), one.name)
            for number, one in enumerate(people)
        ),
    )
    write(
        addresses.target,
        (
            addresses.line % (one.id, address(f"{kind}{number}"))
            for number, one in enumerate(people)
        ),
    )
