"""The table of a run, as Markdown: what is printed, and what stands in ``README.md``."""

from collections.abc import Sequence
from dataclasses import dataclass

from .bearing import Borne
from .goals import number
from .load import Load
from .measuring import Cpu, Measured
from .verbs import Deed

HEAD = (
    *("journey", "a second", "p50", "p99", "p99 of 16", "CPU ms", "web + PG + Redis"),
    *("× reference", "SQL", "KB", "packed", "goals"),
)
# What a machine may hold and take, from the goals for it.
FIRST_PAGE, MEMORY = 1.2, 200


@dataclass(frozen=True)
class Run:
    """All that one run found out."""

    size: str
    facts: Sequence[str]
    references: Sequence[tuple[str, Load, Cpu]]
    journeys: Sequence[Measured]
    deeds: Sequence[Deed]
    borne: Sequence[Borne]
    seconds_to_first: float
    memory_mb: float


def written(run: Run) -> str:
    lines = [*run.facts, ""]
    lines += [
        f"{name}: {load.per_second:,.0f} a second, {cpu.all:.3f} ms of CPU"
        for name, load, cpu in run.references
    ]
    lines = [f"- {line}" if line else "" for line in lines]
    lines += ["", _row(HEAD), _row(["---"] * len(HEAD))]
    lines += [_row(_cells(measured)) for measured in run.journeys]
    lines += ["", *_other_goals(run)]
    lines += _reasons(run.journeys)
    return "\n".join(lines)


def _cells(one: Measured) -> list[str]:
    parts = [one.web_ms, one.postgres_ms, one.redis_ms]
    return [
        one.journey.title,
        _figure(one.per_second),
        _figure(one.p50),
        _figure(one.p99),
        _figure(one.p99_loaded),
        _figure(one.cpu_ms),
        " + ".join(map(_figure, parts)),
        _ratio(one),
        _figure(one.statements, whole=True),
        _figure(one.raw_kb),
        _figure(one.compressed_kb),
        "; ".join(verdicts(one)) or "no bar",
    ]


def verdicts(one: Measured) -> list[str]:
    """Each goal with its figure, and whether it is met."""
    if one.wrong:
        return [f"**not met**: {', '.join(one.wrong)}"]
    words = {True: "met", False: "**not met**", None: "not told"}
    return [f"{bar.words}: {bar.told(one)}, {words[bar.is_met(one)]}" for bar in one.journey.bars]


def is_met(one: Measured) -> bool:
    return not one.wrong and all(bar.is_met(one) is not False for bar in one.journey.bars)


def _other_goals(run: Run) -> list[str]:
    words = {True: "met", False: "**not met**"}
    told = [
        (
            f"{deed.title}, in this process and taken back: {deed.seconds:.2f} s, "
            f"{deed.statements} SQL; at most {deed.limit:g} s",
            deed.is_met,
        )
        for deed in run.deeds
    ]
    told += [
        (
            f"from the start of the server to its first page: {run.seconds_to_first:.1f} s; "
            f"at most {FIRST_PAGE} s",
            run.seconds_to_first <= FIRST_PAGE,
        ),
        (
            f"memory of the web server after its journeys: {run.memory_mb:.0f} MB (PSS); "
            f"at most {MEMORY} MB",
            run.memory_mb <= MEMORY,
        ),
    ]
    told += [(one.told, one.is_met) for one in run.borne]
    return [f"- {text}: {words[met]}" for text, met in told]


def _reasons(journeys: Sequence[Measured]) -> list[str]:
    behind = [one for one in journeys if one.why and not is_met(one)]
    if not behind:
        return []
    lines = ["", "Where the time of those goes that have not met a goal:", ""]
    for one in behind:
        lines.append(f"- {one.journey.title}")
        lines += [f"  - {line}" for line in one.why]
    return lines


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _ratio(one: Measured) -> str:
    if one.share_of_static is not None:
        return f"{number(one.share_of_static)} of the file"
    return _figure(one.times_reference)


def _figure(figure: float | None, *, whole: bool = False) -> str:
    if figure is None:
        return "–"
    return str(figure) if whole else number(figure)
