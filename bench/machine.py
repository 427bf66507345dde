"""What it was measured on. Figures of two machines, or of two runs, say nothing side by side."""

import os
import platform
import shutil
import subprocess
from importlib.metadata import version

from django.db import connection
from django.utils import timezone


def facts(load_before: float, load_after: float) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version")
        (postgres,) = cursor.fetchone()
    return [
        f"{timezone.now():%B %Y}, {os.cpu_count()} cores, {_memory()} GiB, {platform.system()} "
        f"{platform.machine()}; load average {load_before:.1f} before and {load_after:.1f} after, "
        "the load tool on the same cores",
        f"Python {platform.python_version()}, Django {version('django')}, Wagtail "
        f"{version('wagtail')}, granian {version('granian')} with {os.cpu_count()} workers of one "
        f"thread a lane, PostgreSQL {postgres}, {_said('nginx', '-v')}, "
        f"{_said('wrk', '--version')}",
    ]


def _memory() -> int:
    return round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30)


def _said(name: str, flag: str) -> str:
    """The version that a program names in its first line."""
    program = shutil.which(name) or shutil.which(name, path="/usr/sbin")
    if not program:
        return f"no {name}"
    done = subprocess.run([program, flag], check=False, capture_output=True, text=True)
    words = (done.stderr + done.stdout).split("\n")[0].split()
    number = next((word for word in words if any(sign.isdigit() for sign in word)), "")
    return f"{name} {number.removeprefix('nginx/')}"
