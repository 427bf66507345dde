"""One run, from an empty folder to a table."""

import logging
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from django.core.management import call_command
from django.db import connection

from perfomix.supervisor.processes import free_port

from . import load
from .bearing import bear
from .databases import make_ready
from .journeys import JOURNEYS
from .landmarks import Landmarks
from .machine import facts
from .measuring import Measuring
from .report import keep
from .servers import serving
from .sizes import SIZES
from .table import Run, verdicts, written
from .verbs import deeds

FIRST_PORT = 8480


def run(size: str, data_dir: Path, *, only: Sequence[str] = ()) -> int:
    """0 when every journey answered as it should, whatever it took."""
    logging.disable(logging.ERROR)  # of this process; the servers write theirs
    try:
        load.program()
    except load.NoLoadTool as refusal:
        print(refusal, file=sys.stderr)
        return 1
    make_ready(SIZES[size], data_dir, _say)
    call_command("collectstatic", interactive=False, verbosity=0)
    chosen = [one for one in JOURNEYS if not only or one.key in only]
    site, before = Landmarks(), os.getloadavg()[0]
    done = deeds(site)
    connection.close()
    with serving(data_dir, _ports(), changes=site.changes) as servers:
        if servers.static is None:
            _say("No nginx here (Debian: apt-get install nginx-light): granian stands in for it.")
        measuring = Measuring(servers, site)
        references = measuring.references()
        found = []
        for journey in chosen:
            measured = measuring.measure(journey)
            found.append(measured)
            _say(f"{journey.title}: {'; '.join(verdicts(measured)) or 'no bar'}")
        memory = servers.site.web.memory_mb()
        borne = [] if only else list(bear(servers, site))
        seconds = servers.seconds_to_first
    told = Run(
        size=size,
        facts=facts(before, os.getloadavg()[0]),
        references=references,
        journeys=found,
        deeds=done,
        borne=borne,
        seconds_to_first=seconds,
        memory_mb=memory,
    )
    print(written(told), flush=True)
    if not only:
        keep(size, written(told))
    return 1 if any(one.wrong for one in found) else 0


def _ports() -> list[int]:
    """Five that are free, from ``BENCH_PORT`` on."""
    found: list[int] = []
    following = int(os.environ.get("BENCH_PORT", FIRST_PORT))
    while len(found) < 5:
        port = free_port(following, fixed=False)
        if port is None:
            raise RuntimeError(f"No free port from {following} on; name another: BENCH_PORT=…")
        found.append(port)
        following = port + 1
    return found


def _say(text: str) -> None:
    print(text, flush=True)
