"""The simulator itself: its parts, started and stopped, and sessions that expire in time."""

import threading

from . import sessions
from .parts import Config, Parts


class Simulator(Parts):
    SWEEP = 20.0  # seconds between looks for sessions whose time is over

    def __init__(self, config: Config) -> None:
        super().__init__(config)
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
