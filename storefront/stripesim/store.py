"""What stripesim remembers: every object as JSON in one SQLite file, in its own folder.

One connection behind one lock: a request either happens whole or not at all, and reads see
what was committed. Slow by Stripe's measure, exact by ours.
"""

import json
import secrets
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

SCHEMA = """
CREATE TABLE IF NOT EXISTS objects (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT UNIQUE NOT NULL,
    object TEXT NOT NULL, created INTEGER NOT NULL, body TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS objects_by_kind ON objects (object, seq);
CREATE TABLE IF NOT EXISTS idempotency (
    key TEXT PRIMARY KEY, fingerprint TEXT NOT NULL, created INTEGER NOT NULL,
    request_id TEXT NOT NULL, status INTEGER NOT NULL, body TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS deliveries (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, event TEXT NOT NULL, due REAL NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0, state TEXT NOT NULL, answer INTEGER,
    fault TEXT, seconds REAL NOT NULL DEFAULT 0);
CREATE INDEX IF NOT EXISTS deliveries_by_state ON deliveries (state, due);
"""

PREFIXES = {
    "checkout.session": ("cs_test_", 58),
    "payment_intent": ("pi_", 24),
    "charge": ("ch_", 24),
    "refund": ("re_", 24),
    "event": ("evt_", 24),
    "item": ("li_", 24),
    "price": ("price_", 24),
    "product": ("prod_", 14),
    "payment_method": ("pm_", 24),
}
Value = str | int | float | None  # of a column
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"


def new_id(kind: str) -> str:
    """An identifier in Stripe's manner: a prefix that tells the kind, then chance."""
    prefix, length = PREFIXES[kind]
    return prefix + "".join(secrets.choice(LETTERS) for _ in range(length))


class Store:
    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._lock = threading.RLock()
        self._depth = 0
        self._db = sqlite3.connect(
            folder / "stripesim.sqlite3", check_same_thread=False, isolation_level=None
        )
        self._db.execute("PRAGMA journal_mode=WAL")
        self._db.execute("PRAGMA synchronous=NORMAL")
        self._db.executescript(SCHEMA)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing, one at a time; nesting joins the outer one."""
        with self._lock:
            if self._depth:
                yield
                return
            self._db.execute("BEGIN IMMEDIATE")
            self._depth = 1
            try:
                yield
            except BaseException:
                self._db.execute("ROLLBACK")
                raise
            else:
                self._db.execute("COMMIT")
            finally:
                self._depth = 0

    def query(self, sql: str, *values: Value) -> list[tuple]:
        with self._lock:
            return self._db.execute(sql, values).fetchall()

    def run(self, sql: str, *values: Value) -> int:
        """Write; returns how many rows changed."""
        with self._lock:
            return self._db.execute(sql, values).rowcount

    def insert(self, body: dict) -> dict:
        self.run(
            "INSERT INTO objects (id, object, created, body) VALUES (?, ?, ?, ?)",
            body["id"],
            body["object"],
            body["created"],
            json.dumps(body),
        )
        return body

    def update(self, body: dict) -> dict:
        self.run("UPDATE objects SET body = ? WHERE id = ?", json.dumps(body), body["id"])
        return body

    def get(self, id: str, kind: str | None = None) -> dict | None:
        rows = self.query("SELECT object, body FROM objects WHERE id = ?", id)
        if not rows or (kind and rows[0][0] != kind):
            return None
        return json.loads(rows[0][1])

    def need(self, id: str) -> dict:
        """An object that another one names, so that it is there."""
        found = self.get(id)
        if found is None:
            raise KeyError(id)
        return found

    def newest(self, kind: str) -> list[dict]:
        """Every object of a kind, newest first, the order of Stripe's lists."""
        rows = self.query("SELECT body FROM objects WHERE object = ? ORDER BY seq DESC", kind)
        return [json.loads(body) for (body,) in rows]

    def clear(self) -> None:
        with self.transaction():
            for table in ("objects", "idempotency", "deliveries"):
                self.run(f"DELETE FROM {table}")

    def close(self) -> None:
        with self._lock:
            self._db.close()
