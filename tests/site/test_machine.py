"""What the tests need of a machine is noticed, installed and, where that fails, named."""

import subprocess
from types import SimpleNamespace

import pytest

from perfomix.supervisor import machine
from perfomix.supervisor.machine import MachineNotReady, make_ready


class Machine:
    """A pretended machine: programs that start, libraries that are there, and its apt."""

    def __init__(self):
        self.programs = {"chromium": "/usr/bin/chromium", "pgbouncer": "/usr/sbin/pgbouncer"}
        self.libraries = {"libatomic.so.1"}
        self.apt = True
        self.installed = []

    def which(self, name, path=None):
        if name == "apt-get":
            return "/usr/bin/apt-get" if self.apt else None
        return self.programs.get(name)

    def run(self, command, **kwargs):
        program = command[0]
        if program == "node":
            if "libatomic.so.1" in self.libraries:
                return SimpleNamespace(returncode=0, stderr="")
            return SimpleNamespace(
                returncode=127,
                stderr="node: error while loading shared libraries: libatomic.so.1: "
                "cannot open shared object file: No such file or directory",
            )
        return SimpleNamespace(returncode=0 if program in self.programs.values() else 1)

    def call(self, command, **kwargs):
        if "install" not in command:
            return 0
        packages = command[command.index("--no-install-recommends") + 1 :]
        self.installed += packages
        if "chromium" in packages:
            self.programs["chromium"] = "/usr/bin/chromium"
        if "pgbouncer" in packages:
            self.programs["pgbouncer"] = "/usr/sbin/pgbouncer"
        if "libatomic1" in packages:
            self.libraries.add("libatomic.so.1")
        return 0


@pytest.fixture
def bare(monkeypatch):
    """A machine that has everything; tests take away what they are about."""
    pretended = Machine()
    monkeypatch.delenv("CHROMIUM", raising=False)
    monkeypatch.setattr(machine.shutil, "which", pretended.which)
    monkeypatch.setattr(subprocess, "run", pretended.run)
    monkeypatch.setattr(subprocess, "call", pretended.call)
    monkeypatch.setattr(machine.os, "geteuid", lambda: 0)
    monkeypatch.setattr(machine, "compute_driver_executable", lambda: ("node", "cli.js"))
    return pretended


def test_a_machine_that_has_everything_is_left_alone(bare):
    assert make_ready() == "/usr/bin/chromium"
    assert bare.installed == []


def test_what_is_missing_and_nothing_else_is_installed(bare):
    bare.libraries.clear()

    assert make_ready() == "/usr/bin/chromium"
    assert bare.installed == ["libatomic1"]


def test_a_bare_machine_gets_browser_pooler_and_library_at_once(bare):
    bare.libraries.clear()
    bare.programs.clear()

    assert make_ready() == "/usr/bin/chromium"
    assert bare.installed == ["chromium", "libatomic1", "pgbouncer"]


def test_without_apt_the_packages_are_named(bare):
    bare.apt = False
    bare.libraries.clear()

    with pytest.raises(MachineNotReady, match="apt-get install libatomic1"):
        make_ready()

    assert bare.installed == []


def test_without_root_and_sudo_the_packages_are_named(bare, monkeypatch):
    monkeypatch.setattr(machine.os, "geteuid", lambda: 1000)
    bare.programs.clear()

    with pytest.raises(MachineNotReady, match="there is no sudo here") as refusal:
        make_ready()

    assert "make test CHROMIUM=/path/to/chromium" in str(refusal.value)
    assert bare.installed == []


def test_a_browser_that_was_named_and_does_not_start_is_refused(bare, monkeypatch):
    monkeypatch.setenv("CHROMIUM", "/opt/none")

    with pytest.raises(MachineNotReady, match="CHROMIUM is /opt/none"):
        make_ready()


def test_what_is_installed_and_does_not_help_is_not_installed_for_ever(bare, monkeypatch):
    bare.libraries.clear()
    monkeypatch.setattr(subprocess, "call", lambda command, **kwargs: 0)

    with pytest.raises(MachineNotReady, match="does not start all the same"):
        make_ready()
