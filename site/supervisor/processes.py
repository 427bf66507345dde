"""Child processes that are started together, watched together and ended together."""

import ctypes
import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

GRACE_SECONDS = 8  # between asking a process to end and ending it


class Children:
    """Started with ``start``; ``failed`` names the first that ended by itself; ``end`` ends all.

    Each child leads a session of its own, so that Ctrl-C reaches only us and we end them in
    order; on Linux the kernel also ends them should we be killed.
    """

    def __init__(self, log_dir: Path) -> None:
        self._log_dir = log_dir
        self._running: dict[str, subprocess.Popen] = {}

    def start(
        self, name: str, command: list[str], env: dict[str, str], *, log: bool = True
    ) -> None:
        """Start ``command``; its output goes to ``<log_dir>/<name>.log``, or to ours."""
        output = None
        if log:
            self._log_dir.mkdir(parents=True, exist_ok=True)
            output = open(self.log_of(name), "w")  # noqa: SIM115 (the child keeps it)
        self._running[name] = subprocess.Popen(
            command,
            env=env,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            start_new_session=True,
            preexec_fn=_end_with_parent if sys.platform == "linux" else None,
        )
        if output:
            output.close()

    def log_of(self, name: str) -> Path:
        return self._log_dir / f"{name}.log"

    def pid_of(self, name: str) -> int:
        return self._running[name].pid

    def failed(self) -> str | None:
        for name, process in self._running.items():
            if process.poll() is not None:
                return name
        return None

    def end(self) -> None:
        """Ask all to end, last started first; end by force what has not within the grace."""
        processes = list(reversed(self._running.values()))
        for process in processes:
            _signal_group(process, signal.SIGTERM)
        deadline = time.monotonic() + GRACE_SECONDS
        for process in processes:
            try:
                process.wait(timeout=max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                _signal_group(process, signal.SIGKILL)
                process.wait()
        self._running.clear()


def free_port(wanted: int, *, fixed: bool) -> int | None:
    """``wanted`` if nobody listens there, else the next free of twenty; None if there is none.

    With ``fixed`` only the wanted one will do.
    """
    for port in range(wanted, wanted + (1 if fixed else 20)):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    return None


def _signal_group(process: subprocess.Popen, number: int) -> None:
    if process.poll() is None:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, number)


def _end_with_parent() -> None:
    PR_SET_PDEATHSIG = 1  # prctl(2)
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
