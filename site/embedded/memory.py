"""How much of the machine's memory the embedded PostgreSQL may plan with.

PostgreSQL's own defaults are for a machine of the nineties. These are the usual shares for a
machine that does other things too: https://www.postgresql.org/docs/18/runtime-config-resource.html
"""

import os
from pathlib import Path

MB = 1024 * 1024
CONTAINERS_LIMIT = Path("/sys/fs/cgroup/memory.max")


def memory_of_the_machine(limit: Path = CONTAINERS_LIMIT) -> int:
    """Bytes, or what the container around us may use of them."""
    total = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    try:
        return min(total, int(limit.read_text()))
    except (OSError, ValueError):  # no container, or one without a limit, which is called "max"
        return total


def settings_for(memory: int) -> dict[str, str]:
    """Settings of the server for a machine with ``memory`` bytes."""
    return {
        "shared_buffers": _megabytes(memory // 8, least=128, most=1024),
        "effective_cache_size": _megabytes(memory // 2, least=256, most=64 * 1024),
        "work_mem": _megabytes(memory // 1024, least=4, most=32),
        "maintenance_work_mem": _megabytes(memory // 32, least=64, most=512),
        # Everything is on a solid disk today, where any page costs about the same.
        "random_page_cost": "1.1",
    }


def _megabytes(size: int, *, least: int, most: int) -> str:
    return f"{max(least, min(most, size // MB))}MB"
