"""A site on which something changes before each answer."""

import os

from courses.freshness.changed import tick

# Keys (``courses.freshness.keys``), with blanks between, where a server is started for it.
CHANGES = os.environ.get("BENCH_CHANGES", "").split()


def change() -> None:
    if CHANGES:
        tick(CHANGES)
