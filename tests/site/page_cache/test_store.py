"""How many pages are kept: bounded by bytes, whatever is asked for."""

import pytest

from perfomix.page_cache.asking import Key
from perfomix.page_cache.page import Page
from perfomix.page_cache.store import PageStore


def key(name: str) -> Key:
    return Key("http", "testserver", f"/{name}/", "", "en", "")


def a_page(*keys: str, size: int = 10_000) -> Page:
    return Page(body=b"x" * size, headers=[("Content-Type", "text/html")], keys=keys, until=0)


def test_a_hundred_thousand_addresses_take_no_more_than_was_given():
    store = PageStore(1_000_000)

    for number in range(100_000):
        store.put(key(str(number)), a_page(f"course-{number}", "catalogue"))

    assert store.size <= 1_000_000
    assert len(store) == 1_000_000 // a_page().size
    # Nor does what is known about them grow.
    assert len(store._showing) == len(store) + 1
    assert len(store._showing["catalogue"]) == len(store)


def test_the_page_asked_for_last_stays_longest():
    store = PageStore(3 * a_page().size)
    for name in "abc":
        store.put(key(name), a_page())
    store.find(key("a"))

    store.put(key("d"), a_page())

    assert [name for name in "abcd" if store.find(key(name))] == ["a", "c", "d"]


def test_a_page_larger_than_all_room_is_not_kept_and_drives_nobody_out():
    store = PageStore(2 * a_page().size)
    store.put(key("a"), a_page())

    store.put(key("b"), a_page(size=1_000_000))

    assert store.find(key("a"))
    assert store.find(key("b")) is None


@pytest.mark.parametrize(
    ("names", "left"),
    [
        (["course-1"], ["b", "c"]),
        (["catalogue"], ["c"]),
        (["settings"], ["a", "b", "c"]),
        (None, []),
    ],
)
def test_what_shows_something_that_changed_is_dropped_and_nothing_else(names, left):
    store = PageStore(1_000_000)
    store.put(key("a"), a_page("course-1", "catalogue"))
    store.put(key("b"), a_page("course-2", "catalogue"))
    store.put(key("c"), a_page("course-2"))

    store.drop(names)

    assert [name for name in "abc" if store.find(key(name))] == left


def test_a_page_kept_anew_is_dropped_by_what_it_shows_now():
    store = PageStore(1_000_000)
    store.put(key("a"), a_page("course-1"))
    store.put(key("a"), a_page("course-2"))

    store.drop(["course-1"])
    assert store.find(key("a"))
    store.drop(["course-2"])
    assert store.find(key("a")) is None
    assert store._showing == {}
    assert store.size == 0
