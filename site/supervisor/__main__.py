"""``make run``: everything the site needs, from nothing to a page, ended by Ctrl-C.

Order: services, database, demo courses and static files, then stripesim, worker and web
server; the address is printed once the site answers. Whatever this run started ends with
it; what ran before stays. Ports: PORT (8000) and STRIPESIM_PORT (8420); a busy port is
passed over for the next free one, unless it was asked for by name.
"""

import fcntl
import os
import signal
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from types import FrameType
from typing import TextIO

from perfomix.embedded import EmbeddedServiceError
from perfomix.supervisor.processes import Children, free_port
from perfomix.supervisor.services import Services
from perfomix.supervisor.steps import StepFailed, Steps
from perfomix.supervisor.welcome import welcome

ROOT = Path(__file__).resolve().parents[2]
DATA_DIR = Path(os.environ.get("PERFOMIX_DATA_DIR", ROOT / ".data")).resolve()
ANSWER_SECONDS = 180  # a busy machine may take its time


class Stopped(BaseException):
    """Ctrl-C, or somebody asked us to end."""


class RunRefused(Exception):
    """The run cannot go on; the text says why."""


def main() -> int:
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _stop)
    services = Services(DATA_DIR)
    children = Children(DATA_DIR / "logs")
    code = 0
    try:
        with _only_one():
            services.start()
            _serve(services, children)
    except Stopped:
        print("\nEnding …", flush=True)
    except (RunRefused, StepFailed, EmbeddedServiceError) as error:
        print(f"\n{error}", file=sys.stderr, flush=True)
        code = 1
    finally:
        # A second Ctrl-C must not leave half of it running.
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)
        children.end()
        services.stop()
    return code


def _serve(services: Services, children: Children) -> None:
    port = _port("PORT", 8000)
    site = f"http://127.0.0.1:{port}"
    env = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": os.environ.get("DJANGO_SETTINGS_MODULE", "perfomix.settings.dev"),
        "BASE_URL": os.environ.get("BASE_URL", site),
        "PYTHONUNBUFFERED": "1",
    }
    simulated = not (os.environ.get("STRIPE_SECRET_KEY") or "STRIPE_SECRET_KEY_FILE" in os.environ)
    if simulated:
        sim_port = _port("STRIPESIM_PORT", 8420)
        env["STRIPE_SECRET_KEY"] = "sk_test_stripesim"
        env["STRIPE_WEBHOOK_SECRET"] = "whsec_stripesim"
        env["STRIPE_API_BASE"] = f"http://127.0.0.1:{sim_port}"
    Steps(ROOT, DATA_DIR, services.database_url(), env).run_all()
    if simulated:
        stripesim = _python("-m", "storefront.stripesim", "--port", str(sim_port))
        stripesim += ["--state", str(DATA_DIR / "stripesim")]
        stripesim += ["--webhook-url", f"{site}/stripe/webhook/"]
        stripesim += ["--payments", str(DATA_DIR / "demo-payments.json")]
        children.start("stripesim", stripesim, env)
    worker = _python("-m", "celery", "-A", "perfomix", "worker", "--beat", "--pool", "threads")
    quiet = ["--loglevel", "INFO", "--without-gossip", "--without-mingle"]
    worker += ["--concurrency", "2", "--exclude-queues", "exports,imports", *quiet]
    worker += ["--schedule", str(DATA_DIR / "celerybeat-schedule")]
    children.start("worker", worker, env)
    # Minutes of work each, behind which no mail may wait.
    exporter = _python("-m", "celery", "-A", "perfomix", "worker", "--pool", "threads")
    exporter += ["--concurrency", "1", "--queues", "exports,imports"]
    exporter += ["--hostname", "exports@%h", *quiet]
    children.start("exporter", exporter, env)
    web = _python("-m", "perfomix.serving", "--host", "127.0.0.1", "--port", str(port))
    web += ["--workers", "1", "--blocking-threads", "4", "--threads", "2"]
    web += ["--workers-kill-timeout", "5", "--log-level", "warning"]
    children.start("web", [*web, "perfomix.wsgi:application"], env, log=False)
    _await_answer(site, children)
    print(welcome(site, children.log_of("worker").parent), flush=True)
    while not (name := children.failed()):
        time.sleep(0.5)
    raise RunRefused(_obituary(name, children))


def _await_answer(site: str, children: Children) -> None:
    """Wait until the site answers, whatever it answers."""
    deadline = time.monotonic() + ANSWER_SECONDS
    while time.monotonic() < deadline:
        if name := children.failed():
            raise RunRefused(_obituary(name, children))
        try:
            urllib.request.urlopen(site, timeout=10)
            return
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.1)
    raise RunRefused(f"The site did not answer at {site} within {ANSWER_SECONDS} seconds.")


def _obituary(name: str, children: Children) -> str:
    log = children.log_of(name)
    sentence = f"The process “{name}” ended by itself, so everything ends."
    if not log.exists():
        return f"{sentence} Its messages stand above."
    last = log.read_text(errors="replace").splitlines()[-20:]
    return "\n".join([sentence, f"The last lines of {log}:", *last])


def _port(variable: str, usual: int) -> int:
    asked = os.environ.get(variable)
    try:
        wanted = int(asked or usual)
    except ValueError:
        raise RunRefused(f"{variable} is {asked!r}; it must be a port number.") from None
    port = free_port(wanted, fixed=bool(asked))
    if port is None:
        raise RunRefused(f"Port {wanted} is in use. Name a free one: make run {variable}=…")
    if port != wanted:
        print(f"Port {wanted} is in use; taking {port}.", flush=True)
    return port


def _python(*arguments: str) -> list[str]:
    return [sys.executable, *arguments]


def _only_one() -> TextIO:
    """Hold the run's lock; it goes with the process, however that ends."""
    DATA_DIR.mkdir(mode=0o700, parents=True, exist_ok=True)
    lock = open(DATA_DIR / "run.lock", "w")  # noqa: SIM115 (the caller's `with` closes it)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        lock.close()
        raise RunRefused("The site is already running from this folder.") from None
    return lock


def _stop(number: int, frame: FrameType | None) -> None:
    raise Stopped


if __name__ == "__main__":
    sys.exit(main())
