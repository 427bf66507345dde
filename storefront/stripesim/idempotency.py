"""Idempotency keys, by the letter of Stripe's page.

Stripe: "Idempotent requests", https://docs.stripe.com/api/idempotent_requests: the first
result of a key is saved, status and body, successes and failures alike, and given again;
other parameters under the same key are an error; a request that fails validation or meets
another one under way with the same key is not saved and may be retried; keys are up to 255
characters and are forgotten after 24 hours.
"""

import hashlib
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from .clock import Clock
from .errors import ApiError
from .store import Store

REMEMBERED = 24 * 60 * 60


@dataclass(frozen=True)
class Saved:
    status: int
    body: dict
    request_id: str


def fingerprint(path: str, form: dict) -> str:
    """The same for the same endpoint and parameters, whatever their order on the wire."""
    text = json.dumps([path, form], sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


class Keys:
    def __init__(self, store: Store, clock: Clock) -> None:
        self._store, self._clock = store, clock
        self._running: set[str] = set()
        self._lock = threading.Lock()

    @contextmanager
    def reserved(self, key: str) -> Iterator[None]:
        """Hold the key while a request runs. Raises 409 when another request holds it."""
        if len(key) > 255:
            raise ApiError(400, "Idempotency keys can be at most 255 characters long.")
        with self._lock:
            if key in self._running:
                raise ApiError(
                    409,
                    "There is currently another in-progress request using this Idempotent Key "
                    f"(that probably means you submitted twice, and the other request is still "
                    f"going through): {key}. Please try again later.",
                    code="idempotency_key_in_use",
                )
            self._running.add(key)
        try:
            yield
        finally:
            with self._lock:
                self._running.discard(key)

    def find(self, key: str, print_: str) -> Saved | None:
        """What the key gave before. Raises 400 when it was used with other parameters."""
        self._store.run("DELETE FROM idempotency WHERE created < ?", self._clock.now() - REMEMBERED)
        rows = self._store.query(
            "SELECT fingerprint, status, body, request_id FROM idempotency WHERE key = ?", key
        )
        if not rows:
            return None
        known, status, body, request_id = rows[0]
        if known != print_:
            raise ApiError(
                400,
                "Keys for idempotent requests can only be used with the same parameters they "
                f"were first used with. Try using a key other than '{key}' if you meant to "
                "execute a different request.",
                type="idempotency_error",
            )
        return Saved(status, json.loads(body), request_id)

    def save(self, key: str, print_: str, status: int, body: dict, request_id: str) -> None:
        self._store.run(
            "INSERT INTO idempotency (key, fingerprint, created, request_id, status, body)"
            " VALUES (?, ?, ?, ?, ?, ?)",
            key,
            print_,
            self._clock.now(),
            request_id,
            status,
            json.dumps(body),
        )
