"""What is started for a run, and ended with it."""

import os
import shutil
import socket
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import redis as redis_client

from perfomix.embedded import redis
from perfomix.supervisor.processes import Children

from .asking import Ask, ask, visitor
from .processes import Family
from .references import PAGE

STARTING = 60  # seconds
NGINX = """
worker_processes {cores};
daemon off;
pid {folder}/nginx.pid;
error_log {folder}/nginx.log;
{user}
events {{ worker_connections 256; }}
http {{
    access_log off;
    sendfile on;
    types {{ text/html html; }}
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    server {{
        listen 127.0.0.1:{port};
        root {folder}/static;
        keepalive_requests 10000000;
    }}
}}
"""


@dataclass(frozen=True)
class Server:
    """A port, and whose work an answer from there is."""

    port: int
    web: Family


@dataclass(frozen=True)
class Servers:
    site: Server  # with kept pages, as in production
    made: Server  # the same without: each page is made when it is asked for
    changed: Server  # as in production, but what is measured changes before each answer
    static: Server | None  # nginx, where there is one
    postgres: Family
    redis: Family
    seconds_to_first: float  # from the start of the server to its first page


@contextmanager
def serving(data_dir: Path, ports: Sequence[int], *, changes: Sequence[str]) -> Iterator[Servers]:
    """Site, the same without kept pages, the same with ``changes``, nginx and stripesim."""
    children = Children(data_dir / "logs")
    site, made, changed, static, sim = ports
    env = {
        **os.environ,
        "STRIPE_API_BASE": f"http://127.0.0.1:{sim}",
        "STRIPE_SECRET_KEY": "sk_test_stripesim",
        "STRIPE_WEBHOOK_SECRET": "whsec_stripesim",
    }
    try:
        command = [sys.executable, "-m", "storefront.stripesim", "--port", str(sim)]
        children.start("stripesim", [*command, "--state", str(data_dir / "stripesim")], env)
        began = time.monotonic()
        first = _web(children, "site", site, env)
        seconds = time.monotonic() - began
        second = _web(children, "made", made, {**env, "PAGE_CACHE_MB": "0"})
        third = _web(children, "changed", changed, {**env, "BENCH_CHANGES": " ".join(changes)})
        yield Servers(
            site=first,
            made=second,
            changed=third,
            static=_nginx(children, data_dir, static),
            postgres=Family(_pid_of_postgres(data_dir)),
            redis=Family(_pid_of_redis(data_dir)),
            seconds_to_first=seconds,
        )
    finally:
        children.end()


def _web(children: Children, name: str, port: int, env: dict[str, str]) -> Server:
    command = [sys.executable, "-m", "perfomix.serving", "--host", "127.0.0.1"]
    command += ["--port", str(port), "--workers", str(os.cpu_count()), "--blocking-threads", "1"]
    command += ["--workers-kill-timeout", "5", "--log-level", "warning"]
    children.start(name, [*command, "bench.wsgi:application"], env)
    _await(children, name, port, "/")
    return Server(port, _family(children, name))


def _nginx(children: Children, data_dir: Path, port: int) -> Server | None:
    program = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
    if not program:
        return None
    folder = data_dir / "nginx"
    (folder / "static").mkdir(parents=True, exist_ok=True)
    (folder / "static" / "page.html").write_bytes(PAGE)
    user = "user root;" if os.geteuid() == 0 else ""
    written = NGINX.format(cores=os.cpu_count(), folder=folder, port=port, user=user)
    (folder / "nginx.conf").write_text(written)
    command = [program, "-p", str(folder), "-e", str(folder / "nginx.log")]
    children.start("nginx", [*command, "-c", str(folder / "nginx.conf")], dict(os.environ))
    _await(children, "nginx", port, "/page.html")
    return Server(port, _family(children, "nginx"))


def _await(children: Children, name: str, port: int, path: str) -> None:
    """Until the first page has come."""
    deadline = time.monotonic() + STARTING
    while time.monotonic() < deadline and not children.failed():
        with closing(socket.socket()) as probe:
            if probe.connect_ex(("127.0.0.1", port)):
                time.sleep(0.01)
                continue
        try:
            if ask(port, Ask(path, visitor(1))).status == 200:
                return
        except OSError:
            time.sleep(0.01)
    raise RuntimeError(f"{name} did not answer; see {children.log_of(name)}.")


def _family(children: Children, name: str) -> Family:
    return Family(children.pid_of(name))


def _pid_of_postgres(data_dir: Path) -> int:
    return int((data_dir / "postgres" / "postmaster.pid").read_text().splitlines()[0])


def _pid_of_redis(data_dir: Path) -> int:
    path = redis.socket_path(data_dir)
    if path is None:
        return -1
    with closing(redis_client.Redis(unix_socket_path=path)) as client:
        return int(client.info("server")["process_id"])
