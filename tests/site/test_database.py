"""Whether a connection lives is seen by a look at its socket: PostgreSQL is not asked for that."""

import select
import threading
from contextlib import contextmanager

import pytest
from django.db import connection, connections
from django.db.backends.postgresql import base as of_django
from django.db.utils import OperationalError

from perfomix.database.base import RESTED, DatabaseWrapper

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def asked(monkeypatch):
    """How often PostgreSQL was asked whether it lives, of a connection that is new."""
    connection.close()
    times = []
    ask = of_django.DatabaseWrapper.is_usable

    def counted(self):
        times.append(self.alias)
        return ask(self)

    monkeypatch.setattr(of_django.DatabaseWrapper, "is_usable", counted)
    return times


def our_number() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return cursor.fetchone()[0]


@contextmanager
def a_request():
    """As Django begins and ends one on a connection that it keeps."""
    connection.health_check_done = False
    connection.settings_dict["CONN_HEALTH_CHECKS"] = connection.health_check_enabled = True
    connection.close_if_unusable_or_obsolete()
    yield
    connection.close_if_unusable_or_obsolete()


def end(number: int) -> None:
    """As an administrator does, or a server that starts anew."""

    def from_elsewhere():
        with connections["default"].cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(%s, 10000)", [number])
            assert cursor.fetchone() == (True,)
        connections.close_all()

    thread = threading.Thread(target=from_elsewhere)
    thread.start()
    thread.join()


def test_a_connection_that_lives_is_not_asked(asked):
    with a_request():
        first = our_number()
    with a_request():
        assert our_number() == first

    assert asked == []


def test_a_connection_that_was_ended_is_replaced_before_anybody_notices(asked):
    with a_request():
        first = our_number()
    end(first)
    with a_request():
        assert our_number() != first

    assert asked == ["default"]


def test_control_without_the_look_the_first_to_ask_is_refused(monkeypatch):
    monkeypatch.setattr(DatabaseWrapper, "_has_news", lambda self: False)
    with a_request():
        first = our_number()
    end(first)

    with pytest.raises(OperationalError), a_request():
        our_number()
    connection.close()


def test_what_postgresql_only_mentions_ends_nothing(asked):
    with a_request():
        first = our_number()
        with connection.cursor() as cursor:
            cursor.execute("LISTEN a_word")

    def say_it():
        with connections["default"].cursor() as cursor:
            cursor.execute("NOTIFY a_word")
        connections.close_all()

    thread = threading.Thread(target=say_it)
    thread.start()
    thread.join()
    assert select.select([connection.connection.fileno()], [], [], 10)[0]
    with a_request():
        assert our_number() == first

    assert asked == ["default"]


def test_after_a_rest_postgresql_is_asked(asked, monkeypatch):
    with a_request():
        first = our_number()
    monkeypatch.setattr(connection, "_looked_at", connection._looked_at - RESTED)
    with a_request():
        assert our_number() == first

    assert asked == ["default"]


def test_after_an_error_postgresql_is_asked(asked):
    with a_request():
        first = our_number()
        connection.errors_occurred = True
    with a_request():
        assert our_number() == first

    assert asked == ["default"]
