"""One journey after the other, each beside its reference: A B A B."""

import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from statistics import median

from django.urls import reverse
from django.utils import timezone

from courses.models import Category

from .asking import Answer, Ask, ask, visitor
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
SLOW = 0.8
LONGEST_DRAIN = 10
# Of rows that should have been written, so many are: answers on their way when the load ends.
WRITTEN = 0.9


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
        server = self.servers.site if journey.kept else self.servers.made
        asks = journey.asks(self.site)
        if not asks:
            measured.wrong.append("there is nothing to ask for")
            return measured
        # Each time another one, where there are others: what is done is not done twice.
        one, two, *others = (asks[n % len(asks)] for n in range(5))
        first = self._check(measured, server, one)
        self._weigh(measured, server, two)
        measured.statements = 0
        if not journey.kept:
            look = look_inside(*others)
            measured.statements, measured.why = look.statements, look.why
        if measured.wrong and first is None:
            return measured
        if first is not None and first.seconds > SLOW:
            self._ask_slowly(measured, server, asks)
        else:
            self._ask_quickly(measured, server, asks)
        return measured

    def _check(self, measured: Measured, server: Server, asked: Ask) -> Answer | None:
        """Whether the answer is what it should be, the second time it is asked for."""
        journey = measured.journey
        try:
            answer = ask(server.port, asked)
            answer = ask(server.port, asked, encodings="identity")
        except OSError as error:
            measured.wrong.append(f"no answer: {type(error).__name__}")
            return None
        if answer.status != journey.status:
            measured.wrong.append(f"answered {answer.status} after {answer.seconds:.1f} s")
        elif journey.leads_to not in answer.location:
            measured.wrong.append(f"led to {answer.location}")
        elif journey.says(self.site).encode() not in answer.body:
            measured.wrong.append(f"does not say “{journey.says(self.site)}”")
        return answer

    def _weigh(self, measured: Measured, server: Server, asked: Ask) -> None:
        if measured.journey.status != 200:
            return
        try:
            raw = ask(server.port, asked, encodings="identity")
            packed = ask(server.port, asked)
        except OSError:
            return
        measured.raw_kb, measured.compressed_kb = len(raw.body) / 1000, len(packed.body) / 1000

    def _ask_slowly(self, measured: Measured, server: Server, asks: Sequence[Ask]) -> None:
        """Three times, one after the other; a journey that takes ten seconds tells enough."""
        before = self._used(server)
        taken = [ask(server.port, asks[n % len(asks)]).seconds * 1000 for n in range(3)]
        cpu = self._since(before, server, 3)
        _, reference = self._load(self.servers.site, self._row, REFERENCE_SECONDS)
        self._note(measured, [cpu], [cpu.all / reference.all])
        measured.p50, measured.p99 = median(taken), max(taken)
        measured.per_second = 1000 / measured.p50

    def _ask_quickly(self, measured: Measured, server: Server, asks: Sequence[Ask]) -> None:
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
        measured.p50, measured.p99 = alone.p50, alone.p99
        self._doubt(measured, [*loads, alone], len(asks), began)

    def _note(self, measured: Measured, cpus: Sequence[Cpu], ratios: Sequence[float]) -> None:
        measured.web_ms = median(cpu.web for cpu in cpus)
        measured.postgres_ms = median(cpu.postgres for cpu in cpus)
        measured.redis_ms = median(cpu.redis for cpu in cpus)
        measured.times_reference = median(ratios)

    def _doubt(
        self, measured: Measured, loads: Sequence[Load], different: int, began: datetime
    ) -> None:
        """A fast redirect or error is the commonest false record."""
        journey, requests = measured.journey, sum(load.requests for load in loads)
        refused = sum(load.refused for load in loads)
        broken = sum(load.broken for load in loads)
        if (refused and journey.status < 400) or broken:
            measured.wrong.append(f"{refused} refused and {broken} broken of {requests}")
        if journey.status == 200 and measured.compressed_kb and requests:
            each = sum(load.bytes for load in loads) / requests / 1000
            if each < measured.compressed_kb * 0.5:
                measured.wrong.append(f"answers of {each:.1f} KB")
        if journey.leaves:
            rows, due = journey.leaves(began), min(requests, different)
            if rows < WRITTEN * due:
                measured.wrong.append(f"{requests} requests wrote {rows} rows")

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
