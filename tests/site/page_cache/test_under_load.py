"""Two processes, as many requests as they answer, and a price that changes meanwhile."""

import http.client
import os
import socket
import subprocess
import sys
import threading
import time
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import pytest
from django.db import connection

from courses.freshness.clock import SharedClock
from courses.freshness.watch import CERTAIN
from courses.models import CoursePage
from courses.releases import approve_release, submit_course
from tests.builders import a_released_course
from tests.ports import a_free_port

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.race]

ROOT = Path(__file__).resolve().parents[3]
READERS = 8
OLD, NEW = b"24.00", b"31.50"


@contextmanager
def served():
    """Two processes of the server that production uses, on the database of the test."""
    port = a_free_port()
    command = [sys.executable, "-m", "perfomix.serving", "--host", "127.0.0.1"]
    command += ["--port", str(port), "--workers", "2", "--blocking-threads", "1"]
    command += ["--log-level", "error", "tests.site.page_cache.served:application"]
    at = connection.get_connection_params()
    address = f"postgresql://{at['user']}@/{at['dbname']}?host={at['host']}"
    if at.get("port"):
        address += f"&port={at['port']}"
    env = {**os.environ, "DJANGO_SETTINGS_MODULE": "perfomix.settings.test"}
    process = subprocess.Popen(command, cwd=ROOT, env={**env, "DATABASE_URL": address})
    try:
        while process.poll() is None:
            with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=2):
                break
        assert process.poll() is None, "The server did not start."
        yield port
    finally:
        process.terminate()
        process.wait(timeout=30)


@dataclass(frozen=True)
class Seen:
    asked: float  # time.monotonic, before the request was sent
    process: str
    old: bool
    new: bool


class Load:
    """Readers of the course's page, each on a connection of its own, until told to stop."""

    def __init__(self, port: int) -> None:
        self.seen: list[Seen] = []
        self._port, self._stop = port, threading.Event()
        self._threads = [threading.Thread(target=self._read) for _ in range(READERS)]

    def __enter__(self) -> Self:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        for thread in self._threads:
            thread.join()

    def both_answer(self, *, since: float = 0.0) -> None:
        """Wait until each process has answered some that were asked ``since``."""
        while len({seen.process for seen in list(self.seen) if seen.asked >= since}) < 2:
            time.sleep(0.01)

    def _read(self) -> None:
        server = http.client.HTTPConnection("127.0.0.1", self._port, timeout=60)
        number = 0
        while not self._stop.is_set():
            number += 1
            if number % 50 == 0:
                server.close()  # the next connection may lead to the other process
            asked = time.monotonic()
            server.request("GET", "/courses/sewing-by-hand/", headers={"Host": "testserver"})
            answer = server.getresponse()
            body = answer.read()
            process = answer.getheader("X-Process")
            self.seen.append(Seen(asked, process, OLD in body, NEW in body))
        server.close()


@pytest.fixture
def waiting(ada, mira):
    """A release with another price, submitted."""
    course = a_released_course(by=ada, title="Sewing by hand", price="24.00")
    draft = CoursePage.objects.get(pk=course.pk).get_latest_revision_as_object()
    draft.price = "31.50"
    draft.save_revision(user=ada)
    return submit_course(course=draft, user=ada)


def test_an_approved_price_is_on_every_following_answer_of_each_process(waiting, mira):
    with served() as port, Load(port) as load:
        load.both_answer()
        approve_release(release=waiting, user=mira)
        done = time.monotonic()
        load.both_answer(since=done + CERTAIN)
        time.sleep(0.2)

    before = [seen for seen in load.seen if seen.asked < done - 1]
    after = [seen for seen in load.seen if seen.asked > done + CERTAIN]
    assert all(seen.old != seen.new for seen in load.seen)
    assert len({seen.process for seen in after}) == 2
    assert not [seen for seen in before if seen.new]
    assert not [seen for seen in after if seen.old]


def test_a_change_that_nobody_tells_is_not_seen(waiting, mira, monkeypatch):
    """The control: the pages do come from memory, and it is the clock that drops them."""
    monkeypatch.setattr(SharedClock, "tick", lambda self, keys: 0)
    with served() as port, Load(port) as load:
        load.both_answer()
        approve_release(release=waiting, user=mira)
        done = time.monotonic()
        load.both_answer(since=done + 10 * CERTAIN)

    after = [seen for seen in load.seen if seen.asked > done + CERTAIN]
    assert after
    assert all(seen.old for seen in after)
