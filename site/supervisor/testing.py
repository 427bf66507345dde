"""``make test``: the services and the browser the tests need, then the tests.

    python -m perfomix.supervisor.testing [arguments of pytest]

Services that were started for it are ended after it. Debian's Chromium is installed when no
Chromium is found, with apt and, for an ordinary user, sudo.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from perfomix.embedded import EmbeddedServiceError
from perfomix.supervisor.services import Services

ROOT = Path(__file__).resolve().parents[2]
DATA_DIR = Path(os.environ.get("PERFOMIX_DATA_DIR", ROOT / ".data")).resolve()
BROWSERS = ("chromium", "chromium-browser", "google-chrome")


def main(arguments: list[str]) -> int:
    if not _browser() and not _install_browser():
        print(
            "The tests drive Chromium, and it could not be installed. Install the package "
            "“chromium”, or name a browser: make test CHROMIUM=/path/to/chromium",
            file=sys.stderr,
        )
        return 1
    services = Services(DATA_DIR)
    try:
        services.start()
        command = [sys.executable, "-m", "pytest", *(arguments or ["-n", "2"])]
        env = {**os.environ, "CHROMIUM": _browser()}
        return subprocess.call(command, cwd=ROOT, env=env)
    except EmbeddedServiceError as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    finally:
        services.stop()


def _browser() -> str | None:
    named = os.environ.get("CHROMIUM")
    if named:
        return shutil.which(named)
    return next(filter(None, map(shutil.which, BROWSERS)), None)


def _install_browser() -> bool:
    if os.environ.get("CHROMIUM") or not shutil.which("apt-get"):
        return False
    prefix = []
    if os.geteuid() != 0:
        if not shutil.which("sudo"):
            return False
        prefix = ["sudo"]
    print("Installing Chromium for the tests …", flush=True)
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    apt = [*prefix, "apt-get", "-qq"]
    if subprocess.call([*apt, "update"], env=env):
        return False
    subprocess.call([*apt, "install", "--yes", "--no-install-recommends", "chromium"], env=env)
    return _browser() is not None


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
