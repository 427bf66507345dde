"""Webhooks: every event is signed and sent to the shop until the shop answers 2xx.

Stripe: https://docs.stripe.com/webhooks. The signature is an HMAC-SHA256 of
``{timestamp}.{body}`` under the endpoint's secret, in ``Stripe-Signature: t=…,v1=…``.
Deliveries are rows, so a restart forgets none; a failed one is tried again after 1, 2, 4 …
seconds (Stripe's own schedule goes to three days), and several may be under way at once, so
their order is not promised, as it is not at Stripe.
"""

import hashlib
import hmac
import http.client
import json
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlsplit

from . import API_VERSION, objects
from .clock import Clock
from .faults import Faults
from .store import Store

ATTEMPTS = 16
LONGEST_WAIT = 300.0


def signature(body: str, secret: str, at: int) -> str:
    """The value of the ``Stripe-Signature`` header."""
    mac = hmac.new(secret.encode(), f"{at}.{body}".encode(), hashlib.sha256)
    return f"t={at},v1={mac.hexdigest()}"


class Webhooks:
    def __init__(
        self,
        store: Store,
        clock: Clock,
        faults: Faults,
        *,
        url: str | None,
        secret: str,
        retry: float = 1.0,
    ) -> None:
        self.url, self.secret = url, secret
        self._store, self._clock, self._faults, self._retry = store, clock, faults, retry
        self._pool = ThreadPoolExecutor(max_workers=4, thread_name_prefix="webhook")
        self._changed = threading.Condition()
        self._stopping = False
        self._thread = threading.Thread(target=self._run, name="webhooks", daemon=True)

    def start(self) -> None:
        self._store.run("UPDATE deliveries SET state = 'waiting' WHERE state = 'sending'")
        self._thread.start()

    def stop(self) -> None:
        with self._changed:
            self._stopping = True
            self._changed.notify_all()
        self._thread.join(timeout=5)
        self._pool.shutdown(wait=True, cancel_futures=True)

    def wake(self) -> None:
        with self._changed:
            self._changed.notify_all()

    # Making events

    def publish(self, kind: str, snapshot: dict, origin: dict | None = None) -> dict:
        """Store an event and what is to be delivered. Call inside a transaction."""
        event = objects.event(
            kind,
            snapshot,
            version=API_VERSION,
            request=origin or {"id": None, "idempotency_key": None},
            now=self._clock.now(),
        )
        self._store.insert(event)
        rule = self._faults.take(f"webhook {kind}")
        what = rule.what if rule else None
        state = {"lose": "lost", "hold": "held"}.get(what or "", "waiting")
        due = self._now() + (rule.seconds if rule and what == "late" else 0)
        for _ in range(rule.count if rule and what == "repeat" else 1):
            self._store.run(
                "INSERT INTO deliveries (event, due, state, fault, seconds) VALUES (?, ?, ?, ?, ?)",
                event["id"],
                due,
                state,
                what if what in ("forge", "stale", "tamper") else None,
                rule.seconds if rule else 0,
            )
        return event

    # Delivering them

    def _now(self) -> float:
        return time.time() + self._clock.ahead

    def _run(self) -> None:
        while True:
            with self._changed:
                if self._stopping:
                    return
                wait = self._until_next()
                if wait > 0:
                    self._changed.wait(timeout=min(wait, 5.0))
                    continue
            for seq, event in self._claim():
                self._pool.submit(self._attempt, seq, event)

    def _until_next(self) -> float:
        if not self.url:
            return 5.0
        rows = self._store.query("SELECT MIN(due) FROM deliveries WHERE state = 'waiting'")
        return 5.0 if rows[0][0] is None else rows[0][0] - self._now()

    def _claim(self) -> list[tuple[int, str]]:
        with self._store.transaction():
            rows = self._store.query(
                "SELECT seq, event FROM deliveries WHERE state = 'waiting' AND due <= ?"
                " ORDER BY seq",
                self._now(),
            )
            for seq, _ in rows:
                self._store.run("UPDATE deliveries SET state = 'sending' WHERE seq = ?", seq)
        return rows

    def _attempt(self, seq: int, event_id: str) -> None:
        event = self._store.need(event_id)
        ((attempts, fault, seconds),) = self._store.query(
            "SELECT attempts, fault, seconds FROM deliveries WHERE seq = ?", seq
        )
        status = self.send(
            event,
            age=int(seconds) if fault == "stale" else 0,
            forged=fault == "forge",
            tampered=fault == "tamper",
        )
        attempts += 1
        if 200 <= status < 300:
            state = "delivered"
        elif attempts >= ATTEMPTS:
            state = "given up"
        else:
            state = "waiting"
        wait = min(self._retry * 2 ** (attempts - 1), LONGEST_WAIT)
        with self._store.transaction():
            self._store.run(
                "UPDATE deliveries SET state = ?, attempts = ?, due = ?, answer = ? WHERE seq = ?",
                state,
                attempts,
                self._now() + wait,
                status,
                seq,
            )
            if state == "delivered":
                self._store.update(event | {"pending_webhooks": 0})
        self.wake()

    def send(
        self, event: dict, *, age: int = 0, forged: bool = False, tampered: bool = False
    ) -> int:
        """One POST to the shop. Returns the HTTP status, 0 when nobody answered."""
        if not self.url:
            return 0
        body = json.dumps(event, indent=2)
        secret = "whsec_of_somebody_else" if forged else self.secret
        header = signature(body, secret, self._clock.now() - age)
        if tampered:
            body = body.replace('"livemode": false', '"livemode": true', 1)
        to = urlsplit(self.url)
        kind = http.client.HTTPSConnection if to.scheme == "https" else http.client.HTTPConnection
        connection = kind(to.hostname or "", to.port, timeout=20)
        try:
            connection.request(
                "POST",
                to.path or "/",
                body=body.encode(),
                headers={
                    "Content-Type": "application/json; charset=utf-8",
                    "Stripe-Signature": header,
                    "User-Agent": "stripesim/1.0 (local webhooks)",
                },
            )
            answer = connection.getresponse()
            answer.read()
            return answer.status
        except (OSError, http.client.HTTPException):
            return 0
        finally:
            connection.close()

    # Looking at them, for the control room

    def states(self) -> list[dict]:
        rows = self._store.query(
            "SELECT d.event, o.body, d.state, d.attempts, d.answer FROM deliveries d"
            " JOIN objects o ON o.id = d.event ORDER BY d.seq"
        )
        return [
            {
                "event": event,
                "type": json.loads(body)["type"],
                "object": json.loads(body)["data"]["object"]["id"],
                "state": state,
                "attempts": attempts,
                "answer": answer,
            }
            for event, body, state, attempts, answer in rows
        ]

    def release(self, event_ids: list[str] | None) -> list[int]:
        """Deliver held events now, one after the other, in the order given."""
        held = [row["event"] for row in self.states() if row["state"] == "held"]
        answers = []
        for event_id in event_ids if event_ids is not None else held:
            answers.append(self.send(self._store.need(event_id)))
            self._store.run(
                "UPDATE deliveries SET state = 'released', answer = ? WHERE event = ?",
                answers[-1],
                event_id,
            )
        return answers

    def settle(self, timeout: float) -> bool:
        """Wait until nothing is due or under way; False when the time ran out."""
        end = time.monotonic() + timeout
        with self._changed:
            while time.monotonic() < end:
                rows = self._store.query(
                    "SELECT COUNT(*) FROM deliveries WHERE state = 'sending'"
                    " OR (state = 'waiting' AND due <= ?)",
                    self._now(),
                )
                if rows[0][0] == 0:
                    return True
                self._changed.wait(timeout=0.1)
        return False
