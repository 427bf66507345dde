"""What a run writes: the table, and its place in the README."""

import subprocess

import pytest

from bench import load
from bench.bearing import Borne
from bench.goals import number, statements, times
from bench.journeys import JOURNEYS, Journey
from bench.load import Load, NoLoadTool
from bench.measuring import Cpu, Measured
from bench.processes import Family
from bench.report import README, keep
from bench.sizes import SIZES
from bench.table import Run, written
from bench.verbs import Deed

LESSON = Journey("lesson", "lesson page", list, str, bars=(times(6), statements(4)))
NOTHING = Load(requests=3000, seconds=1.5, bytes=0, refused=0, broken=0, p50=1, p99=2)


def a_run(*journeys: Measured) -> Run:
    return Run(
        size="S",
        facts=["Two cores."],
        references=[("Django, an empty view", NOTHING, Cpu(0.2, 0.05, 0))],
        journeys=journeys,
        borne=[Borne("200 who leave while they write: 0 transactions left open", is_met=True)],
        deeds=[Deed("submit 300 lessons", 1.25, 140, limit=2.0)],
        seconds_to_first=1.5,
        memory_mb=180.0,
    )


def test_each_goal_stands_with_its_figure_and_whether_it_is_met():
    measured = Measured(
        LESSON,
        per_second=1234.5,
        p50=0.84,
        p99=12.34,
        p99_loaded=33.0,
        web_ms=2.0,
        postgres_ms=0.5,
        redis_ms=0.01,
        times_reference=5.5,
        statements=9,
        raw_kb=26.04,
        compressed_kb=4.7,
        why=("own time: templates 60 %",),
    )

    text = written(a_run(measured))

    assert (
        "| lesson page | 1,234 | 0.84 | 12.3 | 33.0 | 2.51 | 2.00 + 0.50 + 0.01 | 5.50 | 9 "
        "| 26.0 | 4.70 | at most 6 × the view with one SELECT: 5.50 ×, met; "
        "at most 4 SQL: 9.00, **not met** |"
    ) in text
    assert "- lesson page\n  - own time: templates 60 %" in text
    assert "- Django, an empty view: 2,000 a second, 0.250 ms of CPU" in text
    assert "submit 300 lessons, in this process and taken back: 1.25 s, 140 SQL" in text
    assert "first page: 1.5 s; at most 1.2 s: **not met**" in text
    assert "180 MB (PSS); at most 200 MB: met" in text


def test_no_reasons_stand_where_all_is_met():
    measured = Measured(LESSON, times_reference=5.5, statements=3, why=("own time: all",))

    text = written(a_run(measured))

    assert "Where the time" not in text
    assert "own time" not in text


def test_what_could_not_be_told_is_neither_met_nor_missed():
    assert "at most 4 SQL: –, not told" in written(a_run(Measured(LESSON, times_reference=5.5)))


@pytest.mark.parametrize(
    ("figure", "told"),
    [(0.024, "0.02"), (9.994, "9.99"), (12.34, "12.3"), (1234.5, "1,234"), (67_600, "67,600")],
)
def test_figures_have_three_digits_that_say_something(figure, told):
    assert number(figure) == told


def test_a_run_takes_the_place_of_the_last_one_of_its_size(tmp_path):
    readme = tmp_path / "README.md"
    readme.write_text(
        "Before.\n<!-- S: last run -->\nold\n<!-- S: end -->\n"
        "<!-- L: last run -->\nlarge\n<!-- L: end -->\nAfter.\n"
    )

    keep("S", "new", path=readme)

    assert readme.read_text() == (
        "Before.\n<!-- S: last run -->\n\nnew\n\n<!-- S: end -->\n"
        "<!-- L: last run -->\nlarge\n<!-- L: end -->\nAfter.\n"
    )


def test_a_run_without_a_place_is_refused_and_nothing_is_written(tmp_path):
    readme = tmp_path / "README.md"
    readme.write_text("No marks.\n")

    with pytest.raises(ValueError, match="no place for a run of size S"):
        keep("S", "new", path=readme)

    assert readme.read_text() == "No marks.\n"


@pytest.mark.parametrize("size", SIZES)
def test_the_readme_has_a_place_for_each_size(size):
    text = README.read_text()

    assert text.count(f"<!-- {size}: last run -->") == text.count(f"<!-- {size}: end -->") == 1


def test_every_bar_says_what_it_asks_for():
    words = [bar.words for journey in JOURNEYS for bar in journey.bars]

    assert all(any(sign.isdigit() for sign in word) for word in words)


def test_without_the_load_tool_it_is_said_how_to_get_it(monkeypatch):
    monkeypatch.setattr("shutil.which", lambda name: None)

    with pytest.raises(NoLoadTool, match="apt-get install wrk nginx-light"):
        load.program()


def test_a_process_and_its_children_are_one_family():
    command = ["sh", "-c", "sleep 60 & wait"]
    process = subprocess.Popen(command, start_new_session=True)
    try:
        family = Family(process.pid)
        while len(family.members()) < 2:
            assert process.poll() is None

        assert process.pid in family.members()
        assert family.memory_mb() > 0
    finally:
        subprocess.run(["kill", "--", f"-{process.pid}"], check=True)
        process.wait()


@pytest.mark.parametrize("file", ["Makefile", "CONTRIBUTING.md", "README.md", "bench/README.md"])
def test_the_command_is_named_where_commands_are_listed(file):
    assert "make bench" in (README.parents[1] / file).read_text()
