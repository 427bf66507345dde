"""A connection that PostgreSQL, or the pool before it, has ended says so on its socket."""

import select

from django.db.backends.postgresql import base


class DatabaseWrapper(base.DatabaseWrapper):
    def is_usable(self) -> bool:
        """Whether the connection lives: ``CONN_HEALTH_CHECKS`` asks before a request's first SQL.

        A server that ends a connection sends its farewell. Only where something lies there to be
        read, or something went wrong before, is a question worth its round.
        """
        if self.connection is None or self.errors_occurred or self._has_news():
            return super().is_usable()
        return True

    def _has_news(self) -> bool:
        """Whether something came that nobody has asked for; a closed socket counts as that."""
        if self.connection.closed:
            return True
        socket = select.poll()
        socket.register(self.connection.fileno(), select.POLLIN)
        return bool(socket.poll(0))
