"""Two or more at once, for real: threads with a database connection each.

``Meeting`` makes a race certain instead of likely. Put into the code between its look and
its write, it lets nobody on until all have looked. Where a lock keeps the others out, they
never come, and the first goes on alone after a moment. So one test runs the code as it is,
and its control runs it with the guard removed and must see the damage.
"""

import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

from django.db import connections

PATIENCE = 1.5  # seconds to wait for somebody whom a lock keeps out


def together(*functions) -> list:
    """Call all at the same moment; their results, or the exceptions they raised."""
    start = threading.Barrier(len(functions))

    def run(function):
        start.wait()
        try:
            return function()
        except Exception as error:  # handed to the test, which asserts on it
            return error
        finally:
            connections.close_all()

    with ThreadPoolExecutor(max_workers=len(functions)) as pool:
        return list(pool.map(run, functions))


class Meeting:
    """A place where ``people`` wait for each other, once."""

    def __init__(self, people: int = 2):
        self._barrier = threading.Barrier(people)

    def wait(self) -> None:
        # Broken: the others are kept out, or have been here before.
        with suppress(threading.BrokenBarrierError):
            self._barrier.wait(PATIENCE)

    def before(self, function):
        """The function, entered only when all have come to it."""

        def met(*args, **kwargs):
            self.wait()
            return function(*args, **kwargs)

        return met

    def after(self, function):
        """The function, left only when all have its answer: each has looked, none has written."""

        def met(*args, **kwargs):
            answer = function(*args, **kwargs)
            self.wait()
            return answer

        return met
