"""The parts of a simulator, put together; and a call, which brings them to an endpoint."""

from collections import deque
from dataclasses import dataclass
from pathlib import Path

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


class Parts:
    """What an endpoint, the hosted page and the control room work with."""

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


@dataclass(frozen=True)
class Call:
    """What an endpoint's function receives."""

    sim: Parts
    ids: tuple[str, ...]
    params: dict
    origin: dict  # {"id", "idempotency_key"}: what events made by it will name

    def within(self, found: dict) -> bool:
        """Whether an object was created in the range that a list asks for."""
        edges, created = self.params.get("created", {}), found["created"]
        return (
            created > edges.get("gt", -1)
            and created >= edges.get("gte", 0)
            and created < edges.get("lt", created + 1)
            and created <= edges.get("lte", created)
        )
