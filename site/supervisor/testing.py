"""``make test``: what the tests need of the machine, the services, then the tests.

    python -m perfomix.supervisor.testing [arguments of pytest]

Services that were started for it are ended after it.
"""

import os
import subprocess
import sys
from pathlib import Path

from perfomix.embedded import EmbeddedServiceError
from perfomix.supervisor.machine import MachineNotReady, make_ready
from perfomix.supervisor.services import Services

ROOT = Path(__file__).resolve().parents[2]
DATA_DIR = Path(os.environ.get("PERFOMIX_DATA_DIR", ROOT / ".data")).resolve()

# One more than the cores we count on: half of its time a worker waits for browser and database.
WORKERS = ["-n", "3", "--dist", "worksteal"]


def main(arguments: list[str]) -> int:
    try:
        browser = make_ready()
    except MachineNotReady as refusal:
        print(refusal, file=sys.stderr)
        return 1
    services = Services(DATA_DIR)
    try:
        services.start()
        command = [sys.executable, "-m", "pytest", *(arguments or WORKERS)]
        env = {**os.environ, "CHROMIUM": browser}
        return subprocess.call(command, cwd=ROOT, env=env)
    except EmbeddedServiceError as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    finally:
        services.stop()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
