"""``make check``, the part that asks Django: its system checks, and migrations nobody made.

    python -m perfomix.supervisor.checking

Both need the database of the tests; the embedded one is started, and ended again.
"""

import os
import subprocess
import sys

from perfomix.embedded import EmbeddedServiceError
from perfomix.supervisor.services import Services
from perfomix.supervisor.testing import DATA_DIR, ROOT

COMMANDS = (
    ("check", "--fail-level", "WARNING"),
    ("makemigrations", "--check", "--dry-run"),
)


def main() -> int:
    services = Services(DATA_DIR)
    env = {**os.environ, "DJANGO_SETTINGS_MODULE": "perfomix.settings.test"}
    try:
        services.start()
        for command in COMMANDS:
            status = subprocess.call([sys.executable, "manage.py", *command], cwd=ROOT, env=env)
            if status:
                return status
        return 0
    except EmbeddedServiceError as error:
        print(error, file=sys.stderr)
        return 1
    finally:
        services.stop()


if __name__ == "__main__":
    sys.exit(main())
