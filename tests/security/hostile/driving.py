"""Sends attempts one after the other, each taken back, and tells what broke."""

import random
import sys
import traceback
from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings
from django.core.cache import cache
from django.core.signals import got_request_exception
from django.db import transaction
from django.test import Client

from courses.limits.trying import limiter
from tests.courses.isolation.evidence import rows

from .requests import Attempt, Composer, fields_of
from .routes import every_route
from .world import World

REFUSED = {400, 403, 404, 405, 415}
# Looking at every table costs more than a request: every so many refusals.
SAMPLE = 25

# Stripe is away while this runs, and a page that says so is right.
AWAY = 503


@dataclass
class Fault:
    attempt: Attempt
    status: int
    trace: str

    def __str__(self) -> str:
        return f"{self.status} for {self.attempt}\n{self.trace}"


@dataclass
class Answer:
    status: int
    body: bytes
    wrote: bool


class Driver:
    def __init__(self, world: World, *, seed: int) -> None:
        self.world = world
        self.rng = random.Random(seed)
        self.composer = Composer(self.rng, world)
        self.routes = every_route()
        self.clients = {name: _client_of(user) for name, user in world.people.items()}
        self.seen: dict[tuple[str, str], dict[str, str]] = {}
        self.sent = 0
        self.looked_at = 0  # refusals of which was asked whether they wrote
        self._raised: BaseException | None = None

    def drive(self, requests: int) -> Iterator[Fault]:
        """Every route in turn, with people and bodies by chance, ``requests`` in all."""
        got_request_exception.connect(self._note)
        try:
            while self.sent < requests:
                for route in self.rng.sample(self.routes, len(self.routes)):
                    if self.sent >= requests:
                        return
                    person = self.rng.choice([*self.clients, "producer", "admin"])
                    made = self.composer.attempt(person, route, seen={})
                    if made.method != "GET":
                        seen = self._form(person, made.address.partition("?")[0])
                        made.body, made.content_type = self.composer.body(seen)
                    yield from self.send(made)
        finally:
            got_request_exception.disconnect(self._note)

    def send(self, made: Attempt) -> Iterator[Fault]:
        self.sent += 1
        answer = self._ask(made, looked_at=self.sent % SAMPLE == 0)
        if answer.status in REFUSED and answer.wrote:
            yield Fault(made, answer.status, "It was refused, and has written something.")
        if answer.status >= 500 and answer.status != AWAY:
            trace = "".join(traceback.format_exception(self._raised)) if self._raised else ""
            yield Fault(made, answer.status, trace)

    def _form(self, person: str, address: str) -> dict[str, str]:
        """The form that stands at an address for a person, asked for once."""
        if address in self.world.forms:
            return self.world.forms[address]
        known = self.seen.get((person, address))
        if known is None:
            answer = self._ask(Attempt(person, "GET", address))
            known = fields_of(answer.body) if answer.status == 200 else {}
            self.seen[person, address] = known
        return known

    def _ask(self, made: Attempt, *, looked_at: bool = False) -> Answer:
        """What comes back; what the request wrote is taken back, after it was ``looked_at``."""
        self._raised = None
        cache.clear()
        limiter(settings.LIMITS_STORAGE).storage.reset()
        client = self.clients[made.person]
        cookies = client.cookies.copy()
        with transaction.atomic():
            before = rows() if looked_at else None
            response = client.generic(
                made.method,
                made.address,
                made.body,
                content_type=made.content_type,
                headers=made.headers,
            )
            body = response.getvalue() if response.streaming else response.content
            refused = response.status_code in REFUSED
            wrote = before is not None and refused and rows() != before
            transaction.set_rollback(True)
        client.cookies = cookies
        self.looked_at += looked_at and refused
        return Answer(response.status_code, body, wrote)

    def _note(self, sender, request=None, **kwargs) -> None:
        self._raised = sys.exc_info()[1]


def _client_of(user) -> Client:
    client = Client(raise_request_exception=False)
    if user is not None:
        client.force_login(user)
    return client
