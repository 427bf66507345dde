"""A crowd asks at one moment, and everybody's answer is told."""

import asyncio
import socket
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import pytest
from django.db import connection, connections

from bench import bearing, load
from bench.asking import TOKEN, Ask, visitor
from bench.bearing import Borne, _open_transactions
from bench.crowd import BROKEN, ask_together, leave_midway
from bench.load import Requests

FORM = {"token": TOKEN, "answer": "flat"}


@contextmanager
def listening(people, answer):
    """A server that hears ``people``, answers each with ``answer``, and tells what it heard."""
    heard = []
    with socket.create_server(("127.0.0.1", 0), backlog=people) as server:
        server.settimeout(10)

        def serve():
            visits = [server.accept()[0] for _ in range(people)]  # all, before any is answered
            for visit in visits:
                visit.settimeout(10)
                try:
                    heard.append(visit.recv(100_000))
                    visit.sendall(answer)
                except OSError:
                    pass
                visit.close()

        with ThreadPoolExecutor(1) as pool:
            serving = pool.submit(serve)
            yield server.getsockname()[1], heard
            serving.result(timeout=20)


def test_all_of_a_crowd_are_there_before_the_first_is_answered():
    asks = [Ask(f"/{number}", visitor(number), FORM) for number in range(40)]

    with listening(40, b"HTTP/1.1 302 Found\r\nLocation: /\r\n\r\n") as (port, heard):
        replies = ask_together(port, asks)

    assert [reply.status for reply in replies] == [302] * 40
    assert {said.split()[1] for said in heard} == {f"/{number}".encode() for number in range(40)}


def test_a_crowd_comes_to_whoever_has_a_loop_running():
    async def with_a_loop():
        with listening(2, b"HTTP/1.1 204 No Content\r\n\r\n") as (port, _):
            return ask_together(port, [Ask("/", visitor(1))] * 2)

    with ThreadPoolExecutor() as apart:  # here a browser's loop may be running
        replies = apart.submit(asyncio.run, with_a_loop()).result()

    assert [reply.status for reply in replies] == [204, 204]


def test_each_form_of_a_crowd_has_a_token_of_its_own():
    with listening(8, b"HTTP/1.1 204 No Content\r\n\r\n") as (port, heard):
        ask_together(port, [Ask("/", visitor(1), FORM)] * 8)

    assert len({said.rpartition(b"\r\n\r\n")[2] for said in heard}) == 8
    assert not any(TOKEN.encode() in said for said in heard)


@pytest.mark.parametrize("answer", [b"", b"HTTP/1.1 302 Found\r\nLoca"])
def test_who_is_not_answered_wholly_is_told_as_broken(answer):
    with listening(2, answer) as (port, _):
        replies = ask_together(port, [Ask("/", visitor(1))] * 2)

    assert [reply.status for reply in replies] == [BROKEN, BROKEN]


def test_half_of_those_who_leave_have_not_said_all():
    with listening(6, b"") as (port, heard):
        leave_midway(port, [Ask("/", visitor(1), FORM)] * 6)

    whole = [said for said in heard if said.endswith(b"answer=flat")]
    assert len(whole) <= 3  # and whoever was gone before anybody listened was not heard at all
    assert all(said.startswith(b"POST / HTTP/1.1") for said in heard if said)


@pytest.mark.django_db(transaction=True)
def test_a_transaction_that_somebody_left_open_is_counted():
    other = connections.create_connection("default")
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    assert _open_transactions() == 0

    try:
        other.set_autocommit(False)
        with other.cursor() as cursor:
            cursor.execute("SELECT 1")
        assert _open_transactions() == 1
    finally:
        other.close()


def test_the_load_tool_is_told_whole_seconds(monkeypatch):
    """It takes no others."""
    monkeypatch.setattr(load, "program", lambda: "wrk")  # or what would be it, were it here
    sent = Requests([Ask("/", visitor(1))])

    with pytest.raises(ValueError, match="format code 'd'"):
        sent.send(1, seconds=0.5, connections=1)
    assert all(isinstance(seconds, int) for seconds in (bearing.WRITING, bearing.BESIDE))


def test_a_trial_that_breaks_off_is_told_and_the_others_are_made(monkeypatch):
    def breaks_off(servers, site):
        raise ConnectionResetError("gone")

    def stands(servers, site):
        return Borne("stands", is_met=True)

    for name in ("hand_in_together", "leave_while_writing", "hold_no_more_memory"):
        monkeypatch.setattr(bearing, name, stands)
    for name in ("read_after_writers", "keep_pace_beside_the_rude"):
        monkeypatch.setattr(bearing, name, breaks_off)

    borne = list(bearing.bear(None, None))

    assert [one.is_met for one in borne] == [True, False, True, False, True]
    assert "gone" in borne[1].told
