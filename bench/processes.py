"""How much of the processors processes have used, and how much memory they hold."""

import os
from dataclasses import dataclass
from pathlib import Path

TICK = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Family:
    """A process and those that came from it: of one session, or children of one parent."""

    head: int

    def members(self) -> list[int]:
        found = []
        for path in Path("/proc").glob("[0-9]*/stat"):
            fields = _stat(path)
            if fields and self.head in (fields.pid, fields.parent, fields.session):
                found.append(fields.pid)
        return found

    def cpu_seconds(self) -> float:
        """Used so far, by those that have ended too."""
        ticks = 0
        for path in Path("/proc").glob("[0-9]*/stat"):
            fields = _stat(path)
            if fields and self.head in (fields.pid, fields.parent, fields.session):
                ticks += fields.ticks
        return ticks / TICK

    def memory_mb(self) -> float:
        """Proportional set size: what is shared counts once."""
        total = 0
        for pid in self.members():
            try:
                text = Path(f"/proc/{pid}/smaps_rollup").read_text()
            except OSError:
                continue
            total += sum(int(line.split()[1]) for line in text.splitlines() if line[:4] == "Pss:")
        return total / 1024


@dataclass(frozen=True)
class _Stat:
    pid: int
    parent: int
    session: int
    ticks: int


def _stat(path: Path) -> _Stat | None:
    """proc_pid_stat(5): after the name, in brackets, field 3 is the state."""
    try:
        text = path.read_text()
    except OSError:  # ended meanwhile
        return None
    pid, rest = text[: text.index(" ")], text[text.rindex(")") + 2 :].split()
    return _Stat(int(pid), int(rest[1]), int(rest[3]), sum(map(int, rest[11:15])))
