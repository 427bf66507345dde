"""How much is kept: bounded by bytes, whatever is asked for; and nothing that changed meanwhile."""

from typing import NamedTuple

import pytest
from django.conf import settings

from courses.freshness.clock import SharedClock
from courses.freshness.store import FreshStore
from courses.freshness.watch import Watch


class Page(NamedTuple):
    keys: tuple[str, ...]
    size: int


def a_page(*keys: str, size: int = 10_000) -> Page:
    return Page(keys, size)


@pytest.fixture
def watch():
    watch = Watch(SharedClock(settings.FRESHNESS_CLOCK))
    watch.look()
    return watch


@pytest.fixture
def store_of(watch):
    def make(most: int) -> FreshStore:
        store = FreshStore(most)
        store.follow(watch)
        return store

    return make


@pytest.fixture
def put(watch):
    """Kept by somebody who made it just now."""
    return lambda store, key, page: store.keep(key, page, since=watch.mark())


def test_ten_thousand_keys_take_no_more_than_was_given(store_of, put):
    store = store_of(1_000_000)

    for number in range(10_000):
        put(store, number, a_page(f"course-{number}", "catalogue"))

    assert store.size <= 1_000_000
    assert len(store) == 1_000_000 // a_page().size
    # Nor does what is known about them grow.
    assert len(store._showing) == len(store) + 1
    assert len(store._showing["catalogue"]) == len(store)


def test_what_was_asked_for_last_stays_longest(store_of, put):
    store = store_of(3 * a_page().size)
    for name in "abc":
        put(store, name, a_page())
    store.find("a")

    put(store, "d", a_page())

    assert [name for name in "abcd" if store.find(name)] == ["a", "c", "d"]


def test_what_is_larger_than_all_room_is_not_kept_and_drives_nobody_out(store_of, put):
    store = store_of(2 * a_page().size)
    put(store, "a", a_page())

    put(store, "b", a_page(size=1_000_000))

    assert store.find("a")
    assert store.find("b") is None


@pytest.mark.parametrize(
    ("names", "left"),
    [
        (["course-1"], ["b", "c"]),
        (["catalogue"], ["c"]),
        (["settings"], ["a", "b", "c"]),
        (None, []),
    ],
)
def test_what_shows_something_that_changed_is_dropped_and_nothing_else(store_of, put, names, left):
    store = store_of(1_000_000)
    put(store, "a", a_page("course-1", "catalogue"))
    put(store, "b", a_page("course-2", "catalogue"))
    put(store, "c", a_page("course-2"))

    store.drop(names)

    assert [name for name in "abc" if store.find(name)] == left


def test_a_page_kept_anew_is_dropped_by_what_it_shows_now(store_of, put):
    store = store_of(1_000_000)
    put(store, "a", a_page("course-1"))
    put(store, "a", a_page("course-2"))

    store.drop(["course-1"])
    assert store.find("a")
    store.drop(["course-2"])
    assert store.find("a") is None
    assert store._showing == {}
    assert store.size == 0


def test_what_changed_since_it_was_made_is_not_kept(watch, store_of):
    store, mark = store_of(1_000_000), watch.mark()
    watch._clock.tick(["course-1"])

    store.keep("a", a_page("course-1"), since=mark)
    store.keep("b", a_page("course-2"), since=mark)

    assert store.find("a") is None
    assert store.find("b")


def test_another_watch_finds_nothing_of_before(store_of, put):
    store = store_of(1_000_000)
    put(store, "a", a_page())

    store.follow(Watch(None))

    assert store.find("a") is None
