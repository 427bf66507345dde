"""What carries no person is made once, and anew after any change; never from an unsure memory."""

import time

import pytest
from django.db import transaction
from django.utils import timezone, translation
from django.utils.safestring import mark_safe

from courses.freshness import kept as keeping
from courses.freshness.changed import changed
from courses.freshness.clock import SharedClock, the_clock
from courses.freshness.kept import Drawn, Kept
from courses.freshness.watch import Watch

pytestmark = pytest.mark.django_db


class Counted:
    """A shelf of one course, and how often it was made."""

    def __init__(self, most: int = 1_000_000) -> None:
        self.kept: Kept[Drawn] = Kept(most)
        self.made, self.truth = 0, "24.00"

    def make(self) -> Drawn:
        self.made += 1
        return Drawn(mark_safe(self.truth), ["course-1", "catalogue"])

    def ask(self, key="shelf") -> str:
        return self.kept(key, self.make).html


@pytest.fixture
def shelf():
    return Counted()


def test_it_is_made_once(shelf):
    assert shelf.kept.find("shelf") is None

    assert [shelf.ask(), shelf.ask()] == ["24.00", "24.00"]

    assert shelf.made == 1
    assert shelf.kept.find("shelf").keys == {"course-1", "catalogue"}


def test_another_key_language_or_clock_is_another(shelf):
    shelf.ask()
    shelf.ask("other")
    with translation.override("de"):
        shelf.ask()
    with timezone.override("Asia/Tokyo"):
        shelf.ask()

    assert shelf.made == 4


@pytest.mark.parametrize("key", ["course-1", "catalogue"])
def test_a_change_is_on_the_very_next_answer(commit, shelf, key):
    shelf.ask()
    with commit():
        changed("course-2")
    assert (shelf.ask(), shelf.made) == ("24.00", 1)

    shelf.truth = "31.50"
    with commit():
        changed(key)

    assert shelf.ask() == "31.50"


def test_a_change_in_another_process_is_seen_within_a_moment(shelf, monkeypatch):
    """The control: as long as this process need not look again, it shows what it kept."""
    now = [time.monotonic()]
    monkeypatch.setattr(keeping.time, "monotonic", lambda: now[0])
    shelf.ask()
    now[0] += 1
    shelf.ask()  # looks
    shelf.truth = "31.50"
    the_clock().tick(["course-1"])

    assert shelf.ask() == "24.00"
    now[0] += 0.021
    assert shelf.ask() == "31.50"


def test_what_changes_while_it_is_made_is_shown_once_and_not_kept(commit, shelf):
    class Changing(Counted):
        def make(self) -> Drawn:
            drawn = super().make()
            if self.made == 1:
                self.truth = "31.50"
                with commit():
                    changed("course-1")
            return drawn

    changing = Changing()

    assert [changing.ask(), changing.ask(), changing.ask()] == ["24.00", "31.50", "31.50"]
    assert changing.made == 2


def test_after_a_minute_it_is_made_anew(shelf, monkeypatch):
    shelf.ask()
    began = time.monotonic()
    monkeypatch.setattr(keeping.time, "monotonic", lambda: began + 61)

    shelf.ask()

    assert shelf.made == 2


def test_what_holds_an_older_part_is_made_anew_when_that_is_a_minute_old(shelf, monkeypatch):
    began = time.monotonic()
    shelf.kept("shelf", shelf.make, until=lambda drawn: began + 20)
    monkeypatch.setattr(keeping.time, "monotonic", lambda: began + 21)

    shelf.ask()

    assert shelf.made == 2


def test_without_redis_everything_is_made_anew(shelf, settings):
    shelf.ask()
    settings.FRESHNESS_CLOCK = ""

    assert shelf.kept.find("shelf") is None
    shelf.ask()
    shelf.ask()

    assert shelf.made == 3


def test_a_redis_that_is_lost_is_not_believed(shelf, monkeypatch):
    watch = Watch(SharedClock("redis://127.0.0.1:1/0"))
    shelf.ask()
    monkeypatch.setattr(keeping, "the_watch", lambda: watch)

    shelf.ask()
    shelf.ask()

    assert shelf.made == 3


def test_a_redis_that_forgot_makes_us_forget(shelf):
    shelf.ask()
    the_clock()._redis.flushdb()
    time.sleep(0.021)

    shelf.ask()

    assert shelf.made == 2


def test_a_transaction_neither_reads_nor_fills(shelf):
    shelf.ask()
    with transaction.atomic():
        shelf.truth = "never committed"
        assert shelf.kept.find("shelf") is None
        assert shelf.ask() == "never committed"
        assert shelf.ask("other") == "never committed"
        shelf.truth = "24.00"

    assert shelf.ask() == "24.00"
    assert shelf.ask("other") == "24.00"


def test_without_that_rule_what_was_undone_would_be_shown(shelf, monkeypatch):
    """The control of the test above."""
    monkeypatch.setattr(keeping, "in_transaction", lambda: False)
    with transaction.atomic():
        shelf.truth = "never committed"
        shelf.ask()
        shelf.truth = "24.00"

    assert shelf.ask() == "never committed"


def test_no_more_is_kept_than_there_is_room_for():
    shelf = Counted(most=100_000)
    shelf.truth = "x" * 8_000

    for number in range(1_000):
        shelf.ask(number)

    assert 80_000 < shelf.kept.size <= 100_000


def test_letters_are_reckoned_as_they_lie_in_memory():
    latin, others = (Drawn(mark_safe(one * 1_000), []) for one in ("x", "\N{DEVANAGARI LETTER A}"))

    assert others.size - latin.size > 900
