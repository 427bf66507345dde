"""What the site bears although nobody should do it: crowds, people who leave, rude neighbours.

Each is done on the running servers, and what it leaves behind is counted afterwards.
"""

import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import cycle, islice
from subprocess import SubprocessError
from threading import Event

from django.db import connection
from django.urls import reverse

from learners.models import QuizAttempt

from .asking import Ask, ask, visitor
from .crowd import Reply, ask_together, leave_midway
from .journeys import hand_ins, named_journey
from .landmarks import Landmarks
from .load import Requests
from .servers import Servers

LEARNERS, PATIENT = 3_000, 4.0
WRITERS, WRITING, READ_AGAIN = 64, 3, 1.0
LEAVERS, SETTLING = 200, 2.0
RUDE_PER_SECOND, BESIDE = 20, 5
MANY_REQUESTS, GROWTH = 1_000_000, 0.05


@dataclass(frozen=True)
class Borne:
    """One line: what was done, what came of it, and the goal for it."""

    told: str
    is_met: bool


def bear(servers: Servers, site: Landmarks) -> Iterator[Borne]:
    """What one of them fails at is told; the others, and the journeys, are none the worse."""
    tried = (
        hand_in_together,
        read_after_writers,
        leave_while_writing,
        keep_pace_beside_the_rude,
        hold_no_more_memory,
    )
    for trial in tried:
        try:
            yield trial(servers, site)
        except (OSError, SubprocessError) as error:
            yield Borne(f"{trial.__name__} ended with {error!r}", is_met=False)


def hand_in_together(servers: Servers, site: Landmarks) -> Borne:
    """A class that presses the button when the bell rings."""
    asks = [
        one
        for course, students in site.classes(LEARNERS)
        for one in hand_ins(site, course=course, students=students)
    ]
    before = QuizAttempt.objects.count()
    replies = ask_together(servers.made.port, asks)
    written = QuizAttempt.objects.count() - before
    last = max(reply.seconds for reply in replies)
    told = (
        f"{len(asks):,} learners hand in a quiz at the same moment: {written:,} attempts, the "
        f"last answered after {last:.1f} s{_refusals(replies)}; all within {PATIENT:g} s"
    )
    return Borne(told, written == len(asks) and last <= PATIENT)


def read_after_writers(servers: Servers, site: Landmarks) -> Borne:
    """Sixty-four write without a pause; whoever comes next is not made to wait for what is over."""
    positions = Requests(named_journey("position").asks(site))
    load = positions.send(servers.made.port, seconds=WRITING, connections=WRITERS)
    reading = named_journey("lesson").asks(site)[0]
    seconds = ask(servers.made.port, reading).seconds
    told = (
        f"a lesson after {load.requests:,} positions by {WRITERS} writers at once, of which "
        f"{load.refused + load.broken} were refused: {seconds:.2f} s; at most {READ_AGAIN:g} s"
    )
    return Borne(told, seconds <= READ_AGAIN and not load.refused + load.broken)


def leave_while_writing(servers: Servers, site: Landmarks) -> Borne:
    """Whose train goes into a tunnel leaves no transaction open."""
    asks = list(islice(cycle(named_journey("complete").asks(site)), LEAVERS))
    leave_midway(servers.made.port, asks)
    time.sleep(SETTLING)
    idle = _open_transactions()
    status = ask(servers.made.port, named_journey("lesson").asks(site)[0]).status
    told = (
        f"{LEAVERS} who leave while they write: {idle} transactions left open, "
        f"the next page answers {status}; none and 200"
    )
    return Borne(told, idle == 0 and status == 200)


def keep_pace_beside_the_rude(servers: Servers, site: Landmarks) -> Borne:
    """Deep pages and the commonest words, twenty a second, while others read kept pages."""
    kept = Requests(named_journey("catalogue-kept").asks(site))
    alone = kept.send(servers.site.port, seconds=BESIDE, connections=4)
    done = Event()
    with ThreadPoolExecutor(1) as neighbour:
        asked = neighbour.submit(_be_rude, servers.site.port, _rude(site), done)
        beside = kept.send(servers.site.port, seconds=BESIDE, connections=4)
        done.set()
        answered = asked.result()
    told = (
        f"kept pages beside {answered} deep pages and commonest words in {BESIDE} s: 99 in 100 "
        f"within {beside.p99:.1f} ms, alone {alone.p99:.1f} ms; at most twice as long"
    )
    return Borne(told, beside.p99 <= 2 * alone.p99)


def hold_no_more_memory(servers: Servers, site: Landmarks) -> Borne:
    """The same pages over and over: whatever grows by a little grows to the end."""
    kept = Requests([Ask("/", visitor(3)), Ask(reverse("storefront:catalogue"), visitor(3))])
    kept.send(servers.site.port, seconds=5, connections=16)
    before, sent = servers.site.web.memory_mb(), 0
    while sent < MANY_REQUESTS:
        load = kept.send(servers.site.port, seconds=20, connections=16)
        sent += max(1, load.requests)
        if load.requests < MANY_REQUESTS / 100:
            break  # a machine that would take half an hour for them
    after = servers.site.web.memory_mb()
    told = (
        f"memory over {sent:,} requests: {before:.0f} MB before, {after:.0f} MB after; "
        f"at most {GROWTH:.0%} more"
    )
    return Borne(told, after <= before * (1 + GROWTH))


def _refusals(replies: Sequence[Reply]) -> str:
    refused = sum(reply.status != 302 for reply in replies)
    return f", {refused} refused" if refused else ""


def _open_transactions() -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
            "AND pid <> pg_backend_pid() AND state LIKE 'idle in transaction%'"
        )
        return int(cursor.fetchone()[0])


def _rude(site: Landmarks) -> list[Ask]:
    catalogue = reverse("storefront:catalogue")
    words = [f"{catalogue}?q={word}" for word in site.words.all[:50]]
    deep = [f"{catalogue}?at={site.deep_cursor}"] if site.deep_cursor else []
    paths = [path for word in words for path in (word, *deep)]
    return [Ask(path, sender) for path, sender in zip(paths, site.visitors(500), strict=False)]


def _be_rude(port: int, asks: Sequence[Ask], done: Event) -> int:
    answered = 0
    for one in cycle(asks):
        began = time.monotonic()
        if done.is_set():
            return answered
        answered += ask(port, one).status == 200
        done.wait(max(0.0, 1 / RUDE_PER_SECOND - (time.monotonic() - began)))
    return answered
