"""The parts of ``make run``: skipped steps, ports, processes, the environment."""

import os
import signal
import socket
import subprocess
import sys

import pytest

from perfomix.supervisor import environment
from perfomix.supervisor.processes import Children, free_port
from perfomix.supervisor.services import Services
from perfomix.supervisor.stamps import Stamp, fingerprint


@pytest.fixture
def children(tmp_path):
    children = Children(tmp_path / "logs")
    yield children
    children.end()


def python(program: str) -> list[str]:
    return [sys.executable, "-c", program]


def test_a_fingerprint_changes_with_names_contents_and_words(tmp_path):
    (tmp_path / "a").write_text("1")
    first = fingerprint([tmp_path], "word")
    assert fingerprint([tmp_path], "word") == first
    assert fingerprint([tmp_path], "other") != first
    (tmp_path / "a").rename(tmp_path / "b")
    assert fingerprint([tmp_path], "word") != first


def test_a_step_is_skipped_only_after_it_succeeded(tmp_path):
    stamp = Stamp(tmp_path, "step")
    assert stamp.matches("inputs") is False
    stamp.write("inputs")
    assert stamp.matches("inputs") is True
    assert stamp.matches("other inputs") is False


def test_a_busy_port_is_passed_over_unless_it_was_asked_for():
    with socket.socket() as busy:
        busy.bind(("127.0.0.1", 0))
        busy.listen()
        port = busy.getsockname()[1]
        assert free_port(port, fixed=True) is None
        assert free_port(port, fixed=False) not in (None, port)


def test_children_that_will_not_end_are_ended(children, tmp_path, monkeypatch):
    monkeypatch.setattr("perfomix.supervisor.processes.GRACE_SECONDS", 0.2)
    deaf = "import signal; signal.signal(15, signal.SIG_IGN); print('deaf', flush=True); "
    children.start("deaf", python(deaf + "signal.pause()"), dict(os.environ))
    process = children._running["deaf"]
    while "deaf" not in children.log_of("deaf").read_text():
        assert process.poll() is None
    children.end()
    assert process.returncode == -signal.SIGKILL


def test_the_first_child_that_ends_is_named(children):
    children.start("steady", python("import signal; signal.pause()"), dict(os.environ))
    children.start("brief", python("print('done')"), dict(os.environ))
    children._running["brief"].wait()
    assert children.failed() == "brief"
    assert children.log_of("brief").read_text() == "done\n"


def test_services_that_ran_before_stay_and_those_of_a_killed_run_end(tmp_path, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql://elsewhere/perfomix")
    monkeypatch.delenv("REDIS_URL", raising=False)
    killed = Services(tmp_path)
    killed.start()  # and never stop: it was killed
    after = Services(tmp_path)
    after.start()
    (service,) = after._started
    after.stop()
    assert service.is_running(tmp_path) is False

    service.start(tmp_path)  # by somebody else
    guest = Services(tmp_path)
    guest.start()
    guest.stop()
    assert service.is_running(tmp_path) is True
    service.stop(tmp_path)


@pytest.fixture
def machine(monkeypatch):
    """Modules that the Python of the machine has: Debian's comes without ensurepip."""
    there = {"ensurepip", "pip"}
    monkeypatch.setattr(
        environment.importlib.util, "find_spec", lambda name: name if name in there else None
    )
    return there


@pytest.fixture
def venv(tmp_path, monkeypatch, machine):
    """An empty project folder, and how venv and pip were called. No pip is ever run."""
    monkeypatch.setattr(environment, "ROOT", tmp_path)
    monkeypatch.setattr(environment, "VENV", tmp_path / ".venv")
    (tmp_path / "requirements.txt").write_text("nothing\n")
    calls = []
    real = subprocess.call

    def call(command, *args, **kwargs):
        calls.append(command)
        if "venv" not in command:
            return 0
        return real([sys.executable, "-m", "venv", "--without-pip", str(tmp_path / ".venv")])

    monkeypatch.setattr(subprocess, "call", call)
    return calls


def test_the_environment_is_made_once_and_filled_again_when_requirements_change(venv, tmp_path):
    assert environment.main(["requirements.txt"]) == 0
    made, filled = venv
    assert made[1:] == ["-m", "venv", str(tmp_path / ".venv")]
    assert "--require-hashes" in filled
    assert environment.main(["requirements.txt"]) == 0
    assert len(venv) == 2
    (tmp_path / "requirements.txt").write_text("something\n")
    assert environment.main(["requirements.txt"]) == 0
    assert len(venv) == 3


def test_without_ensurepip_the_machines_pip_fills_the_environment(venv, machine):
    machine.remove("ensurepip")

    assert environment.main(["requirements.txt"]) == 0

    made, filled = venv
    assert "--without-pip" in made
    assert filled[:4] == [sys.executable, "-m", "pip", "--python"]


def test_without_either_the_machine_is_told_what_to_install(venv, machine, capsys):
    machine.clear()

    assert environment.main(["requirements.txt"]) == 1

    assert "apt-get install python3-venv" in capsys.readouterr().err
    assert venv == []


def test_an_old_python_is_refused_in_words(venv, monkeypatch, capsys):
    monkeypatch.setattr(sys, "version_info", (3, 9, 2))
    assert environment.main(["requirements.txt"]) == 1
    assert "needs Python 3.11 or newer" in capsys.readouterr().err
    assert venv == []
