"""The cache asks Redis through one client, whatever is asked and however often."""

import os

import pytest
import redis
from django.core.cache import cache

from tests.people import logged_in


@pytest.fixture
def made(monkeypatch) -> list[redis.Redis]:
    """Every client of Redis that is made from here on."""
    clients: list[redis.Redis] = []
    make = redis.Redis.__init__

    def noted(self, *args, **options):
        clients.append(self)
        make(self, *args, **options)

    monkeypatch.setattr(redis.Redis, "__init__", noted)
    return clients


@pytest.mark.django_db
def test_a_page_of_a_signed_in_person_makes_no_client(client, cleo, made):
    logged_in(client, cleo)
    client.get("/account/")
    made.clear()

    for _ in range(3):
        assert client.get("/account/").status_code == 200

    assert made == []


def test_reading_and_writing_share_a_client(made):
    cache.set("word", "kept")
    made.clear()

    cache.set_many({"another": 1, "third": 2})
    assert cache.get("word") == "kept"
    assert cache.get_many(["another", "third"]) == {"another": 1, "third": 2}
    assert cache.incr("another") == 2
    assert cache.delete("word") is True

    assert made == []


def test_a_forked_process_has_connections_of_its_own():
    """Two processes on one connection would read each other's answers."""
    cache.set("who", "the parent")
    pool = cache._cache.get_client().connection_pool
    connection = pool.get_connection()
    pool.release(connection)
    told, tell = os.pipe()

    child = os.fork()
    if not child:
        try:
            answer = cache.get("who")
            mine = pool.get_connection()
            os.write(
                tell, f"{answer} {mine is not connection and mine.pid == os.getpid()}".encode()
            )
        finally:
            os._exit(0)
    os.waitpid(child, 0)

    assert os.read(told, 100) == b"the parent True"
    assert cache.get("who") == "the parent"
