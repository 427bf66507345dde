"""The embedded services of one run: which were started by it, and are ended with it."""

import os
from pathlib import Path

from perfomix.embedded import postgres, redis


class Services:
    """PostgreSQL unless ``DATABASE_URL`` names one, Redis unless ``REDIS_URL`` does."""

    def __init__(self, data_dir: Path) -> None:
        self._data_dir = data_dir
        self._note = data_dir / "services.started"
        self._started: list = []

    def start(self) -> None:
        """Start what is missing, and take over what a killed run left behind."""
        left_behind = self._note.read_text().split() if self._note.exists() else []
        for service, variable in ((postgres, "DATABASE_URL"), (redis, "REDIS_URL")):
            named = os.environ.get(variable) or os.environ.get(f"{variable}_FILE")
            if not named and (service.start(self._data_dir) or service.__name__ in left_behind):
                self._started.append(service)
        self._note.write_text(" ".join(service.__name__ for service in self._started))

    def stop(self) -> None:
        """End what ``start`` started; what ran before stays."""
        while self._started:
            self._started.pop().stop(self._data_dir)
        self._note.unlink(missing_ok=True)

    def database_url(self) -> str:
        path = os.environ.get("DATABASE_URL_FILE")
        if path:
            return Path(path).read_text().strip()
        return os.environ.get("DATABASE_URL") or postgres.database_url(self._data_dir)
