"""What the tests need of the machine and no wheel brings: a Chromium, a PgBouncer, and libraries.

``make_ready`` starts what is needed rather than asking which packages are installed: a machine
that has everything, from wherever, is left alone. What is missing is installed with apt and,
for an ordinary user, sudo.
"""

import os
import re
import shutil
import subprocess
from dataclasses import dataclass

from playwright._impl._driver import compute_driver_executable

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
POOLER = "pgbouncer"
# Debian puts servers where an ordinary user's PATH does not lead.
SERVERS = "/usr/sbin:/usr/local/sbin"
# Debian's package of each library that the Node.js inside Playwright's wheel is linked with.
PACKAGES = {
    "libatomic.so.1": "libatomic1",
    "libgcc_s.so.1": "libgcc-s1",
    "libstdc++.so.6": "libstdc++6",
}
# What glibc's loader says of a program that it cannot start.
_NOT_LOADED = re.compile(r"error while loading shared libraries: ([^:\s]+): cannot open")
START_SECONDS = 60


class MachineNotReady(Exception):
    """The tests cannot run on this machine; the text says why and what would help."""


@dataclass(frozen=True)
class Lack:
    """Something that is missing: who wants it, and the package that has it."""

    wanted_by: str
    package: str


def make_ready() -> str:
    """Install what is missing; the path of the browser. Raises MachineNotReady."""
    installed: set[str] = set()
    while lacks := _lacks():
        new = {lack.package for lack in lacks} - installed
        if not new:
            raise _refusal(lacks, "They were installed, and it does not start all the same.")
        _install(lacks, sorted(new), update=not installed)
        installed |= new
    return _browser()


def _lacks() -> list[Lack]:
    """What is missing now. A loader names one library at a time, so there may be more."""
    lacks = []
    if not _browser():
        lacks.append(Lack("the browser", "chromium"))
    if not pooler():
        lacks.append(Lack("connections that are shared", POOLER))
    if library := _library_missing_for_driver():
        lacks.append(Lack("the Node.js of Playwright", _package_of(library)))
    return lacks


def pooler() -> str | None:
    """The path of PgBouncer."""
    return shutil.which(POOLER) or shutil.which(POOLER, path=SERVERS)


def _browser() -> str | None:
    """The first browser that starts: on Ubuntu the program may be a note about snap."""
    named = os.environ.get("CHROMIUM")
    if not named:
        return next(filter(_starts, filter(None, map(shutil.which, BROWSERS))), None)
    program = shutil.which(named)
    if not program or not _starts(program):
        raise MachineNotReady(f"CHROMIUM is {named}, and that does not start.")
    return program


def _library_missing_for_driver() -> str | None:
    """The first shared library without which Playwright's Node.js does not start."""
    node, _ = compute_driver_executable()
    try:
        asked = _ask_version(node)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise MachineNotReady(f"The Node.js of Playwright does not start: {error}") from error
    if asked.returncode == 0:
        return None
    missing = _NOT_LOADED.search(asked.stderr)
    if not missing:
        raise MachineNotReady(f"The Node.js of Playwright does not start: {asked.stderr.strip()}")
    return missing[1]


def _package_of(library: str) -> str:
    try:
        return PACKAGES[library]
    except KeyError:
        raise MachineNotReady(
            f"The Node.js of Playwright needs the library {library}. "
            "Install the package that has it."
        ) from None


def _starts(program: str) -> bool:
    try:
        return _ask_version(program).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def _ask_version(program: str) -> subprocess.CompletedProcess:
    return subprocess.run(
        [program, "--version"],
        check=False,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        errors="replace",
        timeout=START_SECONDS,
        env={**os.environ, "LC_ALL": "C"},  # the loader's own words, not their translation
    )


def _install(lacks: list[Lack], packages: list[str], *, update: bool) -> None:
    if not shutil.which("apt-get"):
        raise _refusal(lacks, "There is no apt here to install it with.")
    sudo = []
    if os.geteuid() != 0:
        if not shutil.which("sudo"):
            raise _refusal(lacks, "That takes root, and there is no sudo here.")
        sudo = ["sudo"]
    print(f"Installing {' and '.join(packages)} for the tests …", flush=True)
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    apt = [*sudo, "apt-get", "-qq"]
    if update:
        subprocess.call([*apt, "update"], env=env)
    if subprocess.call([*apt, "install", "--yes", "--no-install-recommends", *packages], env=env):
        raise _refusal(lacks, "What apt says about it stands above.")


def _refusal(lacks: list[Lack], why: str) -> MachineNotReady:
    wants = " and ".join(f"{lack.package} for {lack.wanted_by}" for lack in lacks)
    packages = " ".join(lack.package for lack in lacks)
    sentence = f"The tests need {wants}. {why} As root: apt-get install {packages}"
    if "chromium" in packages.split():
        sentence += "\nOr name a Chromium that you have: make test CHROMIUM=/path/to/chromium"
    return MachineNotReady(sentence)
