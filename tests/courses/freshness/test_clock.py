"""The clock in Redis: every change is told once, and a clock that was lost is never believed."""

import socket
import subprocess
import threading
import time
from contextlib import contextmanager, suppress

import pytest
from django.conf import settings
from redis import ConnectionError as NotThere
from redis import Redis
from redis import TimeoutError as NoAnswer

from courses.freshness import clock
from courses.freshness.clock import KEY, ClockLost, Reading, SharedClock
from perfomix.embedded.redis import program
from tests.ports import a_free_port


@pytest.fixture
def the_clock():
    return SharedClock(settings.FRESHNESS_CLOCK)


def redis() -> Redis:
    return Redis.from_url(settings.FRESHNESS_CLOCK, decode_responses=True)


def test_whoever_knows_nothing_is_told_nothing_but_where_the_clock_stands(the_clock):
    the_clock.tick(["course-1"])

    reading = the_clock.read(None)

    assert (reading.count, reading.changed) == (1, {})


def test_each_change_is_told_once_with_its_count(the_clock):
    start = the_clock.read(None)
    the_clock.tick(["course-1", "catalogue"])
    the_clock.tick(["course-2", "catalogue"])

    later = the_clock.read(start)

    assert later.changed == {"course-1": 1, "course-2": 2, "catalogue": 2}
    assert later.count == 2
    assert the_clock.read(later) == Reading(later.epoch, 2, {})


def test_two_clocks_of_one_redis_are_one(the_clock):
    other = SharedClock(settings.FRESHNESS_CLOCK)
    start = the_clock.read(None)

    other.tick(["settings"])

    assert the_clock.read(start).changed == {"settings": 1}


def test_a_clock_that_was_lost_begins_a_new_epoch(the_clock):
    the_clock.tick(["course-1"])
    before = the_clock.read(None)
    redis().delete(KEY)  # Redis was restarted, or needed the memory
    the_clock.tick(["course-2"])

    after = the_clock.read(before)

    assert after.epoch != before.epoch
    assert after.changed == {}  # what changed in between nobody can say


@contextmanager
def a_redis_that_saves(folder, port):
    """What it saved in ``folder`` it has again when it is started again."""
    command = [str(program()), "--port", str(port), "--bind", "127.0.0.1"]
    server = subprocess.Popen([*command, "--dir", str(folder)], stdout=subprocess.DEVNULL)
    with Redis(port=port) as client:
        while server.poll() is None:
            with suppress(NotThere):
                client.ping()
                break
            time.sleep(0.02)
        yield client
        client.shutdown(nosave=True)
    server.wait(timeout=15)


def test_a_clock_that_was_saved_before_the_last_change_is_not_believed(tmp_path):
    port = a_free_port()
    the_clock = SharedClock(f"redis://127.0.0.1:{port}/0")
    with a_redis_that_saves(tmp_path, port) as redis:
        the_clock.tick(["course-1"])
        asleep = the_clock.read(None)
        redis.save()
        the_clock.tick(["settings"])
        awake = the_clock.read(None)

    with a_redis_that_saves(tmp_path, port):
        the_clock.tick(["course-2"])

        # The one would never hear of the settings, the other not of course-2: the count came twice.
        assert the_clock.read(asleep).epoch != asleep.epoch
        assert the_clock.read(awake).epoch != awake.epoch
        now = the_clock.read(None)
        assert now.count == awake.count
        assert the_clock.read(now).epoch == now.epoch


def test_a_clock_with_too_many_keys_begins_anew(the_clock, monkeypatch):
    monkeypatch.setattr(clock, "MOST_KEYS", 5)
    start = the_clock.read(None)
    for number in range(5):
        the_clock.tick([f"course-{number}"])
    assert the_clock.read(start).epoch == start.epoch

    the_clock.tick(["course-5"])

    assert the_clock.read(start).epoch != start.epoch
    assert redis().zcard(KEY) == 2  # the new epoch and the one change


def test_a_redis_that_does_not_answer_is_said(monkeypatch):
    away = SharedClock(f"redis://127.0.0.1:{a_free_port()}/0")

    with pytest.raises(ClockLost):
        away.read(None)
    with pytest.raises(ClockLost):
        away.tick(["course-1"])


@pytest.fixture
def silent():
    """The port of a Redis that lets everybody in, says nothing, and ends after five seconds."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        ends = threading.Timer(5, server.close)
        ends.start()
        yield server.getsockname()[1]
        ends.cancel()


def test_a_redis_that_says_nothing_is_not_waited_for(silent):
    mute = SharedClock(f"redis://127.0.0.1:{silent}/0")

    with pytest.raises(ClockLost) as lost:
        mute.read(None)

    assert isinstance(lost.value.__cause__, NoAnswer)  # and not its end
