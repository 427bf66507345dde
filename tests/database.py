"""A test database in a fifth of a second: cloned from a template that is migrated once.

The template is named after everything that migrating it reads, so a new migration makes a
new template, and each xdist worker clones its own database. A test that commits (a browser's,
a race's) gets a fresh clone afterwards instead of a flush: what migrations wrote (Wagtail's
root page, locale and site, our groups) is there again, and triggers that forbid deleting
ledger rows need not be lifted.
"""

import fcntl
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections
from psycopg import sql

from perfomix.supervisor.stamps import fingerprint
from perfomix.supervisor.steps import migration_inputs
from tests.rows import start_counting

PREFIX = "perfomix_template_"
ROOT = Path(__file__).resolve().parents[1]


def create() -> None:
    """Make the test database and point Django at it."""
    name = connection.settings_dict["TEST"]["NAME"]
    connection.close()
    with _lock():
        template = _template()
    _clone(template, name)
    _use(name)
    start_counting()


def restore() -> None:
    """Give the test database the state it had before any test."""
    name = connection.settings_dict["NAME"]
    connections.close_all()
    _clone(_template_name(), name)
    start_counting()


def drop() -> None:
    name = connection.settings_dict["NAME"]
    connections.close_all()
    _execute("DROP DATABASE IF EXISTS {} WITH (FORCE)", name)


def _clone(template: str, name: str) -> None:
    _execute("DROP DATABASE IF EXISTS {} WITH (FORCE)", name)
    _execute("CREATE DATABASE {} TEMPLATE {}", name, template)


def _template_name() -> str:
    return PREFIX + fingerprint(migration_inputs(ROOT))[:16]


def _template() -> str:
    """The name of the migrated template, made if this state of the code has none."""
    name = _template_name()
    known = _execute("SELECT datname FROM pg_database WHERE datname LIKE %s", like=PREFIX + "%")
    if (name,) in known:
        return name
    for (outdated,) in known:
        _execute("DROP DATABASE IF EXISTS {} WITH (FORCE)", outdated)
    unfinished = f"{name}_unfinished"
    _execute("CREATE DATABASE {}", unfinished)
    _use(unfinished)
    call_command("migrate", verbosity=0, interactive=False)
    connections.close_all()
    _execute("ALTER DATABASE {} RENAME TO {}", unfinished, name)
    return name


def _use(name: str) -> None:
    connection.close()
    settings.DATABASES["default"]["NAME"] = name
    connection.settings_dict["NAME"] = name


def _execute(statement: str, *names: str, like: str | None = None) -> list:
    """Run one statement outside any test database; names are quoted as identifiers."""
    with connection._nodb_cursor() as cursor:
        identifiers = [sql.Identifier(name).as_string(cursor.connection) for name in names]
        cursor.execute(statement.format(*identifiers), [like] if like else None)
        return cursor.fetchall() if cursor.description else []


def _lock():
    """Workers wait here for the one that migrates."""
    settings.DATA_DIR.mkdir(parents=True, exist_ok=True)
    lock = open(settings.DATA_DIR / "test-template.lock", "w")  # noqa: SIM115 (closed by `with`)
    fcntl.flock(lock, fcntl.LOCK_EX)
    return lock
