"""Promises are kept: at once, or when the broker, the worker or the keeper are well again."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone
from kombu.exceptions import OperationalError

from courses.models import Promise
from courses.promises import keeping
from courses.promises.promising import promise, settle
from courses.promises.queues import DEFAULT
from courses.promises.tasks import keep_promise

pytestmark = pytest.mark.django_db


@pytest.fixture
def kept(monkeypatch):
    """Arguments of every call of the keeper “tests.note”, which is there for one test."""
    calls = []
    monkeypatch.setattr(keeping, "_KEEPERS", dict(keeping._KEEPERS))
    keeping.keeper("tests.note", queue=DEFAULT)(lambda **arguments: calls.append(arguments))
    return calls


@pytest.fixture
def broken(monkeypatch):
    """A keeper “tests.broken” that fails as often as the list it gives is long."""
    failures = [RuntimeError("not now")]

    def keep(**arguments):
        if failures:
            raise failures.pop()

    monkeypatch.setattr(keeping, "_KEEPERS", dict(keeping._KEEPERS))
    keeping.keeper("tests.broken", queue=DEFAULT)(keep)
    return failures


@pytest.fixture
def no_broker(monkeypatch):
    def unreachable(*_, **__):
        raise OperationalError("nobody there")

    monkeypatch.setattr(keep_promise, "apply_async", unreachable)


def later(**delta):
    return timezone.now() + timedelta(**delta)


def test_a_promise_is_kept_after_the_commit_and_its_row_is_gone(kept, commit):
    with commit():
        promise("tests.note", key="note:1", number=1)
        assert kept == []
        assert Promise.objects.get().arguments == {"number": 1}

    assert kept == [{"number": 1}]
    assert not Promise.objects.exists()


def test_without_a_broker_the_sweeper_keeps_it(kept, commit, no_broker):
    with commit():
        promise("tests.note", key="note:1", number=1)
    assert kept == []

    assert keeping.sweep() == 0, "a fresh promise is left to its nudge"
    assert keeping.sweep(now=later(minutes=2)) == 1

    assert kept == [{"number": 1}]
    assert not Promise.objects.exists()


def test_promised_twice_while_it_waits_it_happens_once_with_the_newer_arguments(
    kept, commit, no_broker
):
    with commit():
        promise("tests.note", key="note:1", number=1)
        promise("tests.note", key="note:1", number=2)

    keeping.sweep(now=later(minutes=2))

    assert kept == [{"number": 2}]


def test_promised_again_while_it_is_being_kept_it_happens_once_more(monkeypatch, commit):
    calls = []

    def keep(*, number):
        calls.append(number)
        if number == 1:
            promise("tests.again", key="again", number=2)

    monkeypatch.setattr(keeping, "_KEEPERS", dict(keeping._KEEPERS))
    keeping.keeper("tests.again", queue=DEFAULT)(keep)

    with commit():
        promise("tests.again", key="again", number=1)

    assert calls == [1, 2]
    assert not Promise.objects.exists()


def test_a_keeper_that_fails_is_called_again_later_and_later(broken, commit, no_broker, caplog):
    broken.append(RuntimeError("not now"))
    with commit():
        promise("tests.broken", key="broken")

    keeping.sweep(now=later(minutes=2))
    first = Promise.objects.get()
    keeping.sweep(now=later(minutes=2))
    second = Promise.objects.get()

    assert (first.attempts, first.last_error) == (1, "RuntimeError: not now")
    assert second.attempts == 2
    assert second.due_at - first.due_at > timedelta(seconds=55)
    assert [record.event for record in caplog.records] == [
        "promise.waits",
        "promise.failed",
        "promise.failed",
    ]
    assert keeping.sweep(now=later(minutes=10)) == 1
    assert not Promise.objects.exists()


def test_a_long_promise_is_kept_part_by_part(monkeypatch, commit):
    parts = []

    def keep(*, after):
        parts.append(after)
        return {"after": after + 1} if after < 2 else None

    monkeypatch.setattr(keeping, "_KEEPERS", dict(keeping._KEEPERS))
    keeping.keeper("tests.parts", queue=DEFAULT)(keep)

    with commit():
        promise("tests.parts", key="parts", after=0)

    assert parts == [0, 1, 2]
    assert not Promise.objects.exists()


def test_a_part_that_fails_is_where_the_next_attempt_goes_on(monkeypatch, commit, no_broker):
    parts, failing = [], [True]

    def keep(*, after):
        parts.append(after)
        if after == 1 and failing.pop():
            raise RuntimeError("died half-way")
        return {"after": after + 1} if after < 2 else None

    monkeypatch.setattr(keeping, "_KEEPERS", dict(keeping._KEEPERS))
    keeping.keeper("tests.parts", queue=DEFAULT)(keep)
    with commit():
        promise("tests.parts", key="parts", after=0)

    keeping.sweep(now=later(minutes=2))
    failing.append(False)
    keeping.sweep(now=later(minutes=10))

    assert parts == [0, 1, 1, 2]


def test_whoever_died_with_a_promise_in_hand_is_waited_for_and_then_replaced(
    kept, commit, no_broker
):
    with commit():
        promise("tests.note", key="note:1", number=1)
    Promise.objects.update(claimed_until=later(minutes=10))

    assert keeping.keep(Promise.objects.get().pk) is False
    assert kept == []

    Promise.objects.update(claimed_until=later(minutes=-1))
    assert keeping.keep(Promise.objects.get().pk) is True
    assert kept == [{"number": 1}]


def test_what_nobody_keeps_cannot_be_promised():
    with pytest.raises(ValueError, match=r"Nothing keeps promises called tests\.unknown"):
        promise("tests.unknown", key="unknown")

    assert not Promise.objects.exists()


def test_a_name_has_one_keeper(kept):
    with pytest.raises(ValueError, match="Two functions"):
        keeping.keeper("tests.note", queue=DEFAULT)(lambda: None)


def test_a_promise_rolled_back_was_never_made(kept):
    with pytest.raises(RuntimeError), transaction.atomic():
        promise("tests.note", key="note:1", number=1)
        raise RuntimeError

    assert kept == []
    assert not Promise.objects.exists()


def test_what_may_settle_itself_is_kept_no_sooner_and_not_at_all_once_it_has(monkeypatch, commit):
    kept = []
    monkeypatch.setattr(keeping, "_KEEPERS", dict(keeping._KEEPERS))
    keeping.keeper("tests.later", queue=DEFAULT)(lambda *, what: kept.append(what))
    with commit():
        promise("tests.later", key="a", not_before=timedelta(hours=6), what="a")
        promise("tests.later", key="b", not_before=timedelta(hours=6), what="b")

    keeping.sweep(now=later(minutes=5))
    assert kept == []
    settle("a")
    keeping.sweep(now=later(minutes=361))

    assert kept == ["b"]
    assert not Promise.objects.exists()
