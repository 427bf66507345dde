"""The database of a size: in a folder of its own, filled once, and anew when filling changed."""

import time
from collections.abc import Callable
from pathlib import Path

import psycopg
from django.core.management import call_command
from django.db import connection

from perfomix.embedded.postgres import DATABASE
from perfomix.supervisor.stamps import Stamp, fingerprint
from perfomix.supervisor.steps import migration_inputs

from .filling.fill import fill
from .sizes import Size

ROOT = Path(__file__).resolve().parents[1]


def make_ready(size: Size, data_dir: Path, say: Callable[[str], None]) -> None:
    """Migrate and fill the database that Django is connected to, unless that was done."""
    inputs = [*migration_inputs(ROOT), ROOT / "bench" / "filling", ROOT / "bench" / "sizes.py"]
    wanted, stamp = fingerprint(inputs, size.name), Stamp(data_dir, "filled")
    if stamp.matches(wanted):
        return
    say(f"Filling size {size.name} …")
    began = time.monotonic()
    _empty()
    call_command("migrate", verbosity=0)
    fill(size, say=say)
    stamp.write(wanted)
    say(f"Filled in {time.monotonic() - began:.0f} s.")


def _empty() -> None:
    """Away with what is there: this server is nobody else's."""
    address = {**connection.get_connection_params(), "dbname": "postgres"}
    connection.close()
    kept = {name: address[name] for name in ("host", "port", "user", "dbname") if name in address}
    with psycopg.connect(**kept, autocommit=True) as server:
        server.execute(f"DROP DATABASE IF EXISTS {DATABASE} WITH (FORCE)")
        server.execute(f"CREATE DATABASE {DATABASE}")
