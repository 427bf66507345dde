"""A connection that PostgreSQL, or the pool before it, has ended says so on its socket."""

import select
import time

from django.db.backends.postgresql import base

# Seconds after which a connection that nobody used is asked: what stands between may have
# forgotten it, or its server be another one by now, and neither writes to tell.
RESTED = 10


class DatabaseWrapper(base.DatabaseWrapper):
    def connect(self) -> None:
        super().connect()
        self._looked_at = time.monotonic()

    def is_usable(self) -> bool:
        """Whether the connection lives: ``CONN_HEALTH_CHECKS`` asks before a request's first SQL.

        A server that ends a connection sends its farewell. Only where something lies there to be
        read, something went wrong before, or it has rested, is a question worth its round.
        """
        before, self._looked_at = self._looked_at, time.monotonic()
        rested = self._looked_at - before > RESTED
        if self.connection is None or self.errors_occurred or rested or self._has_news():
            return super().is_usable()
        return True

    def _has_news(self) -> bool:
        """Whether something came that nobody has asked for; a closed socket counts as that."""
        if self.connection.closed:
            return True
        socket = select.poll()
        socket.register(self.connection.fileno(), select.POLLIN)
        return bool(socket.poll(0))
