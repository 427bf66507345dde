"""Load on a server: wrk, for so many seconds, with requests that were written before."""

import json
import re
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from .asking import Ask

SCRIPT = Path(__file__).with_name("wrk.lua")
SLOWEST = 10  # seconds for one answer
GIVEN_UP = 180  # after which wrk, which ends by itself, is taken for dead


class NoLoadTool(Exception):
    """wrk is not there; the text says how to get it."""


@dataclass(frozen=True)
class Load:
    """What came of it. ``refused``: answers of 400 and more; ``broken``: no answers."""

    requests: int
    seconds: float
    bytes: int
    refused: int
    broken: int
    p50: float  # milliseconds
    p99: float

    @property
    def per_second(self) -> float:
        return self.requests / self.seconds if self.seconds else 0.0


def program() -> str:
    found = shutil.which("wrk")
    if not found:
        raise NoLoadTool(
            "make bench loads the site with wrk, which is not here. "
            "Debian and Ubuntu: apt-get install wrk nginx-light"
        )
    return found


class Requests:
    """Requests in a file, sent in turn: one run goes on where the last one stopped."""

    def __init__(self, asked: Sequence[Ask]) -> None:
        self._file = tempfile.NamedTemporaryFile(suffix=".requests")  # noqa: SIM115
        for one in asked:
            written = one.on_the_wire()
            self._file.write(b"%d\n%s\n" % (len(written), written))
        self._file.flush()
        self._sent = 0

    def send(self, port: int, *, seconds: int, connections: int) -> Load:
        command = [program(), "-t1", f"-c{connections}", f"-d{seconds:d}s"]
        command += ["--timeout", f"{SLOWEST}s", "-s", str(SCRIPT), f"http://127.0.0.1:{port}"]
        command += ["--", self._file.name, str(self._sent)]
        done = subprocess.run(command, check=True, capture_output=True, text=True, timeout=GIVEN_UP)
        found = re.search(r"^RESULT (.*)$", done.stdout, re.MULTILINE)
        assert found, done.stdout + done.stderr
        load = Load(**json.loads(found[1]))
        self._sent += load.requests + connections
        return load
