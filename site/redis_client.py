"""What ``caching`` asks Redis with."""

from typing import Any

from django.core.cache.backends import redis


class OneClient(redis.RedisCacheClient):
    """Django makes a client for every call, and a client makes itself a table of all that Redis
    may answer, which takes as long as being answered.

    A client keeps no connection: it borrows one of the pool's for each command, in any thread, and
    the pool begins anew in a process that was forked.
    """

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._clients: dict[Any, Any] = {}

    def get_client(self, key: Any = None, *, write: bool = False) -> Any:
        pool = self._get_connection_pool(write)
        client = self._clients.get(pool)
        if client is None:
            client = self._clients[pool] = self._client(connection_pool=pool)
        return client
