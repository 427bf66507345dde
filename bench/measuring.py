"""One journey after the other, each beside its reference: A B A B."""

import os
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from statistics import median

from django.urls import reverse
from django.utils import timezone

from courses.models import Category

from .asking import ENCODINGS, PATIENCE, Answer, Ask, ask, visitor
from .inside import look_inside
from .journeys import Journey
from .landmarks import Landmarks
from .load import Load, Requests
from .servers import Server, Servers

ROUNDS = 2
SECONDS = 2  # of load on a journey, each round
REFERENCE_SECONDS = 1
CONNECTIONS = 16
# Slower than this, a journey is asked a few times and not loaded.
SLOW = 0.4
VERY_SLOW = 10
FEW = 5
WARM = 4 * (os.cpu_count() or 1)
LONGEST_DRAIN = 10
# Of rows that should have been written, so many are: answers on their way when the load ends.
WRITTEN = 0.9
# Of the bytes of the first answer, so many have all of them on average.
SHORTEST = 0.5


@dataclass
class Measured:
    """One line of the table. None: could not be told."""

    journey: Journey
    per_second: float | None = None
    p50: float | None = None  # milliseconds, one connection
    p99: float | None = None
    p99_loaded: float | None = None  # sixteen connections
    web_ms: float | None = None  # CPU of one answer
    postgres_ms: float | None = None
    redis_ms: float | None = None
    times_reference: float | None = None
    share_of_static: float | None = None
    statements: int | None = None
    raw_kb: float | None = None
    compressed_kb: float | None = None
    why: tuple[str, ...] = ()
    wrong: list[str] = field(default_factory=list)

    @property
    def cpu_ms(self) -> float | None:
        if self.web_ms is None or self.postgres_ms is None:
            return None
        return self.web_ms + self.postgres_ms + (self.redis_ms or 0)


@dataclass(frozen=True)
class Cpu:
    """Milliseconds of one answer."""

    web: float
    postgres: float
    redis: float

    @property
    def all(self) -> float:
        return self.web + self.postgres + self.redis


class Measuring:
    def __init__(self, servers: Servers, site: Landmarks) -> None:
        self.servers, self.site = servers, site
        (subject, *_) = Category.objects.values_list("pk", flat=True)
        row = reverse("bench_row", args=[subject])
        self._row = Requests([Ask(row, visitor(2))])
        self._nothing = Requests([Ask("/bench/nothing/", visitor(2))])
        self._page = Requests([Ask("/bench/page", visitor(2))])
        self._static = Requests([Ask("/page.html", visitor(2))])

    def references(self) -> list[tuple[str, Load, Cpu]]:
        """What the machine gives, each alone."""
        found = []
        if self.servers.static:
            found.append(("nginx, a file of 30 KB", self.servers.static, self._static))
        found += [
            ("granian, 30 KB of bytes", self.servers.site, self._page),
            ("Django, an empty view", self.servers.site, self._nothing),
            ("Django, a view with one SELECT", self.servers.site, self._row),
        ]
        return [(name, *self._load(server, sent, 1)) for name, server, sent in found]

    def measure(self, journey: Journey) -> Measured:
        measured = Measured(journey)
        server = self._server(journey)
        asks = journey.asks(self.site)
        if not asks:
            measured.wrong.append("there is nothing to ask for")
            return measured
        # Each time another one, where there are others: what is done is not done twice.
        one, two, *others = (asks[n % len(asks)] for n in range(5))
        seconds = self._try(measured, server, one, two)
        measured.statements = 0
        if not journey.kept:
            changes = self.site.changes if journey.changed else []
            look = look_inside(others, is_slow=seconds > SLOW, changes=changes)
            measured.statements, measured.why = look.statements, look.why
        if seconds <= SLOW:
            self._ask_quickly(measured, server, asks, seconds)
        elif not measured.wrong:
            self._ask_slowly(measured, server, asks, seconds)
        return measured

    def _server(self, journey: Journey) -> Server:
        if journey.changed:
            return self.servers.changed
        return self.servers.site if journey.kept else self.servers.made

    def _try(self, measured: Measured, server: Server, one: Ask, two: Ask) -> float:
        """Whether it answers as it should, how heavy the answer is, and how long it takes when
        all is warm. Of what takes very long, once is enough."""
        for _ in range(WARM if measured.journey.kept else 0):
            self._answer(measured, server, one)  # so that each worker has made it once
        raw = self._answer(measured, server, one, encodings="identity")
        if raw is None:
            return PATIENCE
        if raw.status == 200:
            measured.raw_kb = len(raw.body) / 1000
        self._check(measured, raw)
        if raw.seconds > VERY_SLOW:
            measured.p50 = measured.p99 = raw.seconds * 1000
            return raw.seconds
        packed = self._answer(measured, server, two)
        if packed is None:
            return PATIENCE
        if packed.status == 200:
            measured.compressed_kb = len(packed.body) / 1000
        return packed.seconds

    def _answer(
        self, measured: Measured, server: Server, asked: Ask, *, encodings: str = ENCODINGS
    ) -> Answer | None:
        try:
            return ask(server.port, asked, encodings=encodings)
        except OSError as error:
            measured.wrong.append(f"no answer: {type(error).__name__}")
            return None

    def _check(self, measured: Measured, answer: Answer) -> None:
        journey = measured.journey
        if answer.status != journey.status:
            measured.wrong.append(f"answered {answer.status} after {answer.seconds:.1f} s")
        elif journey.leads_to not in answer.location:
            measured.wrong.append(f"led to {answer.location}")
        elif journey.says(self.site).encode() not in answer.body:
            measured.wrong.append(f"does not say “{journey.says(self.site)}”")

    def _ask_slowly(
        self, measured: Measured, server: Server, asks: Sequence[Ask], seconds: float
    ) -> None:
        """A few times, one after the other; what takes ten seconds has told enough by then."""
        again = 3 if seconds < VERY_SLOW / 3 else 1
        before = self._used(server)
        taken = [ask(server.port, asks[n % len(asks)]).seconds * 1000 for n in range(again)]
        cpu = self._since(before, server, again)
        _, reference = self._load(self.servers.site, self._row, REFERENCE_SECONDS)
        self._note(measured, [cpu], [cpu.all / reference.all])
        measured.p50, measured.p99 = median(taken), max(taken)
        measured.per_second = 1000 / measured.p50

    def _ask_quickly(
        self, measured: Measured, server: Server, asks: Sequence[Ask], seconds: float
    ) -> None:
        sent, began = Requests(asks), timezone.now()
        alone = sent.send(server.port, seconds=1, connections=1)
        loads, cpus, ratios, shares = [], [], [], []
        for _ in range(ROUNDS):
            if measured.journey.kept:
                beside = self.servers.static or self.servers.site
                requests = self._static if self.servers.static else self._page
                reference, cost = self._load(beside, requests, REFERENCE_SECONDS)
            else:
                reference, cost = self._load(self.servers.site, self._row, REFERENCE_SECONDS)
            load, cpu = self._load(server, sent, SECONDS)
            loads.append(load)
            cpus.append(cpu)
            ratios.append(cpu.all / cost.all if cost.all else 0.0)
            shares.append(load.per_second / reference.per_second)
        self._note(measured, cpus, ratios)
        if measured.journey.kept:
            measured.share_of_static, measured.times_reference = median(shares), None
        measured.per_second = median(load.per_second for load in loads)
        measured.p99_loaded = median(load.p99 for load in loads)
        # With so few the first answer, which was timed alone, says as much.
        few = alone.requests < FEW
        measured.p50 = seconds * 1000 if few else alone.p50
        measured.p99 = seconds * 1000 if few else alone.p99
        measured.wrong += doubts(measured, [*loads, alone], different=len(asks), since=began)

    def _note(self, measured: Measured, cpus: Sequence[Cpu], ratios: Sequence[float]) -> None:
        measured.web_ms = median(cpu.web for cpu in cpus)
        measured.postgres_ms = median(cpu.postgres for cpu in cpus)
        measured.redis_ms = median(cpu.redis for cpu in cpus)
        measured.times_reference = median(ratios)

    def _load(self, server: Server, sent: Requests, seconds: int) -> tuple[Load, Cpu]:
        before = self._used(server)
        load = sent.send(server.port, seconds=seconds, connections=CONNECTIONS)
        self._drain(server)
        # Those that were on their way when the load ended were answered to nobody.
        return load, self._since(before, server, load.requests + CONNECTIONS)

    def _drain(self, server: Server) -> None:
        """Until the server has nothing left to do, so that nothing of it is told of the next."""
        deadline, used = time.monotonic() + LONGEST_DRAIN, -1.0
        while time.monotonic() < deadline and (now := server.web.cpu_seconds()) > used:
            used = now
            time.sleep(0.1)

    def _used(self, server: Server) -> tuple[float, float, float]:
        families = (server.web, self.servers.postgres, self.servers.redis)
        web, postgres, redis = (family.cpu_seconds() for family in families)
        return web, postgres, redis

    def _since(self, before: tuple[float, float, float], server: Server, answers: int) -> Cpu:
        used = (now - then for now, then in zip(self._used(server), before, strict=True))
        return Cpu(*(1000 * seconds / max(1, answers) for seconds in used))


def doubts(
    measured: Measured, loads: Sequence[Load], *, different: int, since: datetime
) -> list[str]:
    """Why what was fast may have been nothing: refusals, answers too short, rows not written.

    ``different`` requests were sent in turn; rows that were written ``since`` are counted.
    """
    journey, found = measured.journey, []
    requests = sum(load.requests for load in loads)
    refused = sum(load.refused for load in loads) if journey.status < 400 else 0
    broken = sum(load.broken for load in loads)
    if refused or broken:
        found.append(f"{refused} refused and {broken} broken of {requests}")
    if measured.compressed_kb and requests:
        each = sum(load.bytes for load in loads) / requests / 1000
        if each < measured.compressed_kb * SHORTEST:
            found.append(f"answers of {each:.1f} KB")
    if journey.leaves:
        rows = journey.leaves(since)
        if rows < WRITTEN * min(requests, different // journey.writes):
            found.append(f"{requests} requests wrote {rows} rows")
    return found
