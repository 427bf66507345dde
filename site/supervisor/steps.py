"""What must be done before the site can be served, each skipped while nothing changed.

A stamp names its inputs and the database it was made in, so a database that was dropped,
restored or replaced is noticed and the step runs again.
"""

import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import psycopg

from perfomix.supervisor.stamps import Stamp, fingerprint

APPS = ["courses", "learners", "storefront", "home"]


def migration_inputs(root: Path) -> list[Path]:
    """The files that decide what a migrated database holds."""
    return [
        root / "requirements.txt",
        *(root / app / "migrations" for app in APPS),
        # What follows a migration: groups, their permissions, the review workflow.
        *(root / app / "apps.py" for app in APPS),
        root / "courses" / "isolation" / "groups.py",
        root / "courses" / "review" / "founding.py",
    ]


class StepFailed(Exception):
    """A step ended with an error; its output stands above."""


class Steps:
    """Runs the steps in order; collecting static files rides beside the others."""

    def __init__(self, root: Path, data_dir: Path, database_url: str, env: dict[str, str]) -> None:
        self._root = root
        self._data_dir = data_dir
        self._database_url = database_url
        self._env = env

    def run_all(self) -> None:
        static = self._begin_static()
        try:
            self._migrate()
            self._load_demo()
        except BaseException:
            if static:
                static[0].kill()
            raise
        if static:
            process, finish = static
            if process.wait():
                raise StepFailed("The static files could not be collected.")
            finish()

    def _migrate(self) -> None:
        wanted = fingerprint(migration_inputs(self._root))
        stamp = Stamp(self._data_dir, "migrations")
        if stamp.matches(wanted + self._database_state()):
            return
        self._manage("Preparing the database", "migrate", "--verbosity", "0")
        stamp.write(wanted + self._database_state())

    def _load_demo(self) -> None:
        wanted = fingerprint(
            [self._root / "home" / "demo"]
            + sorted((self._root / "home").glob("management/commands/load_demo.py"))
        )
        stamp = Stamp(self._data_dir, "demo")
        identity = self._database_state().split()[0]
        if stamp.matches(wanted + identity):
            return
        self._manage("Writing the demo courses", "load_demo")
        stamp.write(wanted + identity)

    def _begin_static(self) -> tuple[subprocess.Popen, Callable[[], None]] | None:
        inputs = ("static", "site/sheets.py", "requirements.txt")
        wanted = fingerprint([self._root / each for each in inputs])
        stamp = Stamp(self._data_dir, "static")
        if stamp.matches(wanted):
            return None
        print("Collecting the static files …", flush=True)
        process = subprocess.Popen(
            self._command("collectstatic", "--noinput", "--verbosity", "0"),
            cwd=self._root,
            env=self._env,
            stdin=subprocess.DEVNULL,
        )
        return process, lambda: stamp.write(wanted)

    def _manage(self, sentence: str, *arguments: str) -> None:
        print(f"{sentence} …", flush=True)
        began = time.monotonic()
        done = subprocess.run(
            self._command(*arguments),
            check=False,
            cwd=self._root,
            env=self._env,
            stdin=subprocess.DEVNULL,
        )
        if done.returncode:
            raise StepFailed(f"manage.py {' '.join(arguments)} failed; see above.")
        print(f"{sentence}: done in {time.monotonic() - began:.0f} s", flush=True)

    def _command(self, *arguments: str) -> list[str]:
        return [sys.executable, str(self._root / "manage.py"), *arguments]

    def _database_state(self) -> str:
        """Which database this is, and how many migrations it has seen."""
        with psycopg.connect(self._database_url, connect_timeout=10) as connection:
            table = "django_migrations"
            (identity, exists) = connection.execute(
                "SELECT oid::text, to_regclass(%s) IS NOT NULL"
                " FROM pg_database WHERE datname = current_database()",
                [table],
            ).fetchone()
            seen = (0, 0)
            if exists:
                seen = connection.execute(f"SELECT count(*), max(id) FROM {table}").fetchone()
        return f"{identity} {seen[0]} {seen[1]}"
