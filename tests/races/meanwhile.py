"""Work in another connection, begun while a transaction of ours is open."""

import threading
import time
from contextlib import contextmanager

from django.db import connections, transaction

from .waiting import somebody_waits


@contextmanager
def meanwhile(work):
    """``work`` begins in another connection and is waiting for us, or done, when the block ends."""
    ended = threading.Event()

    def run():
        try:
            work()
        finally:
            connections.close_all()
            ended.set()

    thread = threading.Thread(target=run)
    with transaction.atomic():
        yield thread.start
        deadline = time.monotonic() + 10
        while not ended.is_set() and not somebody_waits() and time.monotonic() < deadline:
            time.sleep(0.02)
    thread.join(10)
    assert ended.is_set()
