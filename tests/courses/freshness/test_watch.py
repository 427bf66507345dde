"""What a process is certain of: nothing older than its last look, and nothing without Redis."""

import pytest
from django.conf import settings

from courses.freshness import watch as watching
from courses.freshness.clock import ClockLost, SharedClock
from courses.freshness.watch import Watch


class Asked(SharedClock):
    """A clock that counts how often it is asked, and can be lost."""

    asked, lost = 0, False

    def read(self, known):
        self.asked += 1
        if self.lost:
            raise ClockLost("away")
        return super().read(known)


@pytest.fixture
def clock():
    return Asked(settings.FRESHNESS_CLOCK)


@pytest.fixture
def time(monkeypatch):
    """The seconds of ``time.monotonic``, as the test sets them."""
    now = [100.0]
    monkeypatch.setattr(watching.time, "monotonic", lambda: now[0])
    return now


@pytest.fixture
def watch(clock, time):
    return Watch(clock)


@pytest.fixture
def heard(watch):
    said = []
    watch.listen(lambda keys: said.append(keys if keys is None else sorted(keys)))
    return said


def test_one_look_holds_for_a_moment_and_no_longer(watch, clock, time):
    assert watch.is_certain()
    time[0] += watching.CERTAIN * 0.9
    assert watch.is_certain()
    assert clock.asked == 1

    time[0] += watching.CERTAIN * 0.2
    assert watch.is_certain()
    assert clock.asked == 2


def test_a_look_holds_from_its_question_on_however_long_the_answer_takes(
    watch, clock, time, monkeypatch
):
    read = clock.read

    def slow(known):
        reading = read(known)
        time[0] += watching.CERTAIN * 0.8
        return reading

    monkeypatch.setattr(clock, "read", slow)
    assert watch.is_certain()

    time[0] += watching.CERTAIN * 0.4
    assert watch.is_certain()

    assert clock.asked == 2


def test_listeners_hear_of_a_change_before_anybody_is_certain_again(watch, clock, time, heard):
    assert watch.is_certain()
    assert heard == [None]  # what was kept before the first look may be anything
    clock.tick(["course-1", "catalogue"])
    time[0] += 1

    assert watch.is_certain()

    assert heard == [None, ["catalogue", "course-1"]]


def test_without_redis_nothing_is_certain(time):
    assert not Watch(None).is_certain()


def test_a_lost_clock_is_asked_again_after_a_pause_only(watch, clock, time):
    assert watch.is_certain()
    time[0] += 1
    clock.lost = True

    assert not watch.is_certain()
    assert not watch.is_certain()
    assert clock.asked == 2

    clock.lost = False
    time[0] += watching.PAUSE
    assert watch.is_certain()


def test_what_changed_while_the_clock_was_away_is_heard_when_it_is_back(watch, clock, time, heard):
    assert watch.is_certain()
    clock.lost = True
    time[0] += 1
    assert not watch.is_certain()
    clock.tick(["settings"])
    clock.lost = False
    time[0] += 1

    assert watch.is_certain()

    assert heard == [None, ["settings"]]


def test_after_a_new_epoch_everything_is_forgotten(watch, clock, time, heard):
    assert watch.is_certain()
    other = SharedClock(settings.FRESHNESS_CLOCK)
    other._redis.flushdb()
    time[0] += 1

    assert watch.is_certain()

    assert heard == [None, None]


def test_work_holds_unless_one_of_its_keys_changed_meanwhile(watch, clock):
    assert watch.look()
    mark = watch.mark()

    clock.tick(["course-2"])
    assert watch.holds(mark, ["course-1", "catalogue"])
    assert not watch.holds(mark, ["course-2"])

    clock.tick(["course-1"])
    assert not watch.holds(mark, ["course-1", "catalogue"])
    assert watch.holds(watch.mark(), ["course-1", "catalogue"])


def test_work_of_another_epoch_does_not_hold(watch, clock):
    assert watch.look()
    mark = watch.mark()
    clock._redis.flushdb()

    assert not watch.holds(mark, ["course-1"])


def test_work_of_a_new_epoch_holds_whatever_was_counted_before(watch, clock):
    assert watch.look()
    for _ in range(3):
        clock.tick(["course-1"])
    assert watch.look(again=True)
    clock._redis.flushdb()
    assert watch.look(again=True)

    assert watch.holds(watch.mark(), ["course-1"])


def test_work_does_not_hold_when_the_clock_is_away(watch, clock):
    assert watch.look()
    mark = watch.mark()
    clock.lost = True

    assert not watch.holds(mark, [])
