"""A change is told after its commit, and told for certain."""

import pytest
from django.db import transaction

from courses.freshness.changed import changed
from courses.freshness.clock import ClockLost, SharedClock, the_clock
from courses.freshness.remembered import Remembered
from courses.freshness.watch import Watch, the_watch
from courses.models import Promise
from courses.promises import keeping

pytestmark = pytest.mark.django_db


def told() -> dict[str, int]:
    """Every key that changed, with its count."""
    now = the_clock()
    start = now.read(None)
    return now.read(type(start)(start.epoch, -1)).changed


def test_nothing_is_told_before_the_commit(commit):
    with commit():
        changed("course-1", "catalogue")
        assert told() == {}

    # Once right after the commit, and once more by the promise that a worker kept.
    assert set(told()) == {"course-1", "catalogue"}
    assert not Promise.objects.exists()


def test_what_is_rolled_back_is_not_told(commit):
    with commit(), pytest.raises(RuntimeError), transaction.atomic():
        changed("course-1")
        raise RuntimeError("the change did not happen")

    assert told() == {}
    assert not Promise.objects.exists()


def test_a_process_that_dies_at_its_commit_leaves_a_promise():
    changed("course-1")  # and nothing after the commit

    waiting = Promise.objects.get()
    assert told() == {}
    assert keeping.keep(waiting.pk)
    assert set(told()) == {"course-1"}


def test_without_redis_the_change_stands_and_the_promise_waits(commit, monkeypatch):
    def lost(*_):
        raise ClockLost("away")

    monkeypatch.setattr(SharedClock, "tick", lost)
    with commit():
        changed("course-1")

    waiting = Promise.objects.get()
    assert waiting.attempts == 1
    assert "ClockLost" in waiting.last_error


def test_a_change_that_could_not_be_told_is_told_as_soon_as_redis_answers(commit, monkeypatch):
    """And not half a minute later by the promise: the others were certain all the time."""
    here, elsewhere = the_watch(), Watch(the_clock())
    heard = []
    for watch in (here, elsewhere):
        assert watch.look(again=True)
        watch.listen(lambda keys: heard.append(sorted(keys or ())))
    tick, answers = SharedClock.tick, iter([ClockLost("away")] * 2)

    def lost_at_first(clock, keys):
        for error in answers:
            raise error
        return tick(clock, keys)

    monkeypatch.setattr(SharedClock, "tick", lost_at_first)
    with commit():
        changed("settings", "course-1")
    assert heard == []

    assert here.is_certain()
    assert elsewhere.look(again=True)

    assert heard == [["course-1", "settings"]] * 2
    assert here.look(again=True)
    assert len(heard) == 2  # told once


def test_the_same_change_told_twice_waits_once():
    changed("course-2", "course-1")
    changed("course-1", "course-2", "course-1")

    assert Promise.objects.get().arguments == {"keys": ["course-1", "course-2"]}


def test_a_change_of_a_hundred_things_is_promised_whole_and_once():
    many = [f"course-{number}" for number in range(100)]

    changed(*many)
    changed(*reversed(many))
    changed(*many[1:])

    told = [waiting.arguments["keys"] for waiting in Promise.objects.order_by("pk")]
    assert told == [sorted(many), sorted(many[1:])]


def test_a_value_is_read_once_until_one_of_its_keys_changes(commit):
    read = []
    value = Remembered(lambda: read.append(1) or len(read), "settings", "subjects")

    assert [value(), value()] == [1, 1]
    with commit():
        changed("course-1")
    assert value() == 1
    with commit():
        changed("subjects")
    assert [value(), value()] == [2, 2]


def test_a_value_that_changes_while_it_is_read_is_not_remembered(commit):
    truth = ["old"]

    def read():
        seen = truth[0]
        if seen == "old":  # somebody commits a change between the reading and the keeping
            truth[0] = "new"
            with commit():
                changed("settings")
        return seen

    value = Remembered(read, "settings")

    assert value() == "old"
    assert value() == "new"


def test_without_redis_a_value_is_read_each_time(settings):
    settings.FRESHNESS_CLOCK = ""
    read = []
    value = Remembered(lambda: read.append(1) or len(read), "settings")

    assert [value(), value()] == [1, 2]


def test_what_a_transaction_reads_is_not_remembered():
    """It may be undone: the next one reads what stands."""
    truth = ["committed"]
    value = Remembered(lambda: truth[0], "settings")

    with transaction.atomic():
        truth[0] = "undone later"
        assert value() == "undone later"
        truth[0] = "committed"

    assert value() == "committed"
