"""Many connections at once, with one request each.

A load tool goes on and on; a class that hands in its work when the bell rings does not.
"""

import asyncio
import time
from collections.abc import Coroutine, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TypeVar
from uuid import uuid4

from .asking import PATIENCE, TOKEN, Ask

HOST = "127.0.0.1"
BROKEN = 0  # in place of a status: no answer came

T = TypeVar("T")


@dataclass(frozen=True)
class Reply:
    status: int
    seconds: float  # since the first of the crowd began


def ask_together(port: int, asked: Sequence[Ask]) -> list[Reply]:
    """All of them at the same moment, each on a connection of its own."""
    return _run(_together(port, asked))


def leave_midway(port: int, asked: Sequence[Ask]) -> None:
    """Half of them go before all is said, the others before they are answered."""
    _run(_leave(port, asked))


def _run(work: Coroutine[object, object, T]) -> T:
    """In a thread of its own: the caller's may have a loop running, as one with a browser has."""
    with ThreadPoolExecutor(max_workers=1) as apart:
        return apart.submit(asyncio.run, work).result()


async def _together(port: int, asked: Sequence[Ask]) -> list[Reply]:
    began = time.monotonic()
    return await asyncio.gather(*(_ask(port, _written(one), began) for one in asked))


async def _ask(port: int, written: bytes, began: float) -> Reply:
    status = BROKEN
    try:
        async with asyncio.timeout(PATIENCE):
            reader, writer = await asyncio.open_connection(HOST, port)
            writer.write(written)
            first = await reader.readuntil(b"\r\n\r\n")
            status = int(first.split(maxsplit=2)[1])
            writer.close()
    except (OSError, asyncio.IncompleteReadError):  # a timeout is an OSError too
        pass
    return Reply(status, time.monotonic() - began)


def _written(one: Ask) -> bytes:
    return one.on_the_wire().replace(TOKEN.encode(), str(uuid4()).encode())


async def _leave(port: int, asked: Sequence[Ask]) -> None:
    writers = []
    for number, one in enumerate(asked):
        _, writer = await asyncio.open_connection(HOST, port)
        written = _written(one)
        writer.write(written[: -len(one.body) // 2] if number % 2 else written)
        writers.append(writer)
    await asyncio.gather(*(writer.drain() for writer in writers))
    for writer in writers:
        writer.transport.abort()
