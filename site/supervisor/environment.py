"""Make ``.venv`` and install the pinned packages into it, when they changed.

    python3 -m perfomix.supervisor.environment requirements.txt

Standard library only: this runs with whatever Python a fresh machine has. Debian's Python
comes without ``ensurepip``; then the environment is made without pip and filled by the pip
of the machine. Nothing is done when the requirements, the Python and the place are the same
as last time.
"""

import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
VENV = ROOT / os.environ.get("VENV", ".venv")
OLDEST = (3, 11)


def main(arguments: list) -> int:
    if sys.version_info < OLDEST:
        found = sys.version.split()[0]
        return _refuse(f"Perfomix needs Python 3.11 or newer; this is {found}. Name one: PYTHON=…")
    requirements = ROOT / arguments[0]
    stamp = VENV / (requirements.stem + ".stamp")
    wanted = _fingerprint(requirements)
    if _works(VENV) and stamp.exists() and stamp.read_text() == wanted:
        return 0
    if not _works(VENV):
        if VENV.exists():
            shutil.rmtree(VENV)
        print(f"Making the environment {VENV.name} …", flush=True)
        if not _make_environment():
            return _refuse(
                "No environment could be made: this Python has neither ensurepip nor pip. "
                "Install one of them (Debian: apt-get install python3-venv)."
            )
    print(f"Installing {requirements.name} …", flush=True)
    if subprocess.call([*_pip(), "install", *_options(), "-r", str(requirements)]):
        return _refuse(f"{requirements.name} could not be installed; see above.")
    stamp.write_text(wanted)
    return 0


def _fingerprint(requirements: Path) -> str:
    digest = hashlib.sha256(requirements.read_bytes())
    digest.update(f"{VENV}\n{sys.version}".encode())
    return digest.hexdigest()


def _python() -> Path:
    return VENV / "bin" / "python"


def _works(venv: Path) -> bool:
    """Whether the environment was made here, by a Python that still exists."""
    if not (venv / "pyvenv.cfg").exists():
        return False
    ask = "import sys; print(sys.version); print(sys.prefix)"
    try:
        answer = subprocess.run([_python(), "-c", ask], check=False, capture_output=True, text=True)
    except OSError:
        return False
    return answer.stdout == f"{sys.version}\n{venv}\n"


def _make_environment() -> bool:
    if importlib.util.find_spec("ensurepip") and not subprocess.call(
        [sys.executable, "-m", "venv", str(VENV)]
    ):
        return True
    shutil.rmtree(VENV, ignore_errors=True)
    if importlib.util.find_spec("pip") is None:
        return False
    return not subprocess.call([sys.executable, "-m", "venv", "--without-pip", str(VENV)])


def _pip() -> list:
    if any(VENV.glob("lib/python*/site-packages/pip/__main__.py")):
        return [str(_python()), "-m", "pip"]
    return [sys.executable, "-m", "pip", "--python", str(_python())]


def _options() -> list:
    return ["--quiet", "--quiet", "--disable-pip-version-check", "--require-hashes"] + (
        ["--root-user-action=ignore"] if os.geteuid() == 0 else []
    )


def _refuse(sentence: str) -> int:
    print(sentence, file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
