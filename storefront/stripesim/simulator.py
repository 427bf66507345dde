"""The simulator itself: its parts, put together, started and stopped."""

import threading
from collections import deque
from dataclasses import dataclass
from pathlib import Path

from . import sessions
from .clock import Clock
from .faults import Faults
from .idempotency import Keys
from .store import Store
from .webhooks import Webhooks


@dataclass(frozen=True)
class Config:
    state: Path
    api_key: str
    webhook_url: str | None = None
    webhook_secret: str = ""
    public_url: str = ""
    retry: float = 1.0


class Simulator:
    SWEEP = 20.0  # seconds between looks for sessions whose time is over

    def __init__(self, config: Config) -> None:
        self.api_key, self.public_url = config.api_key, config.public_url
        self.clock, self.faults = Clock(), Faults()
        self.store = Store(config.state)
        self.keys = Keys(self.store, self.clock)
        self.webhooks = Webhooks(
            self.store,
            self.clock,
            self.faults,
            url=config.webhook_url,
            secret=config.webhook_secret,
            retry=config.retry,
        )
        #: The last requests as they came in, without their key: what tests check.
        self.requests: deque[dict] = deque(maxlen=1000)
        self._stopping = threading.Event()
        self._sweeper = threading.Thread(target=self._sweep, name="expiry", daemon=True)

    def start(self) -> None:
        self.webhooks.start()
        self._sweeper.start()

    def stop(self) -> None:
        self._stopping.set()
        self._sweeper.join(timeout=5)
        self.webhooks.stop()
        self.store.close()

    def _sweep(self) -> None:
        while not self._stopping.wait(self.SWEEP):
            sessions.sweep(self)
            self.webhooks.wake()
