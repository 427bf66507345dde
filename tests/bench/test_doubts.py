"""A run that was fast because nothing happened is found out."""

from dataclasses import replace

import pytest
from django.utils import timezone

from bench.journeys import Journey
from bench.load import Load
from bench.measuring import Measured, doubts

GOOD = Load(requests=100, seconds=1, bytes=1_000_000, refused=0, broken=0, p50=1, p99=2)
PAGE = Journey("page", "a page", list, str)


def doubted(journey: Journey, *loads: Load, different: int = 1) -> list[str]:
    measured = Measured(journey, compressed_kb=9.5)
    return doubts(measured, loads, different=different, since=timezone.now())


def test_a_good_run_is_believed():
    assert doubted(PAGE, GOOD, GOOD) == []


@pytest.mark.parametrize(
    ("bad", "words"),
    [
        ({"refused": 3}, "3 refused and 0 broken of 200"),
        ({"broken": 2}, "0 refused and 2 broken of 200"),
        ({"bytes": 5_000}, "answers of 0.1 KB"),
    ],
)
def test_refusals_breaks_and_empty_answers_are_told(bad, words):
    loads = [replace(GOOD, **bad), replace(GOOD, **bad) if "bytes" in bad else GOOD]

    assert doubted(PAGE, *loads) == [words]


def test_a_page_that_is_not_there_is_refused_by_right():
    missing = Journey("missing", "nowhere", list, str, status=404)

    assert doubted(missing, replace(GOOD, refused=100)) == []


@pytest.mark.parametrize(
    ("rows", "found"), [(200, []), (180, []), (3, ["200 requests wrote 3 rows"])]
)
def test_a_form_that_wrote_nothing_is_told(rows, found):
    form = Journey("form", "a form", list, str, status=302, leaves=lambda since: rows)
    measured = Measured(form)

    told = doubts(measured, [GOOD, GOOD], different=1_000, since=timezone.now())

    assert told == found


def test_one_form_that_is_sent_again_and_again_writes_one_row():
    form = Journey("form", "a form", list, str, status=204, leaves=lambda since: 1)

    told = doubts(Measured(form), [GOOD, GOOD], different=1, since=timezone.now())

    assert told == []


@pytest.mark.parametrize(("rows", "found"), [(40, []), (3, ["200 requests wrote 3 rows"])])
def test_what_is_done_and_taken_back_is_one_row(rows, found):
    form = Journey("form", "a form", list, str, status=302, leaves=lambda since: rows, writes=2)

    told = doubts(Measured(form), [GOOD, GOOD], different=80, since=timezone.now())

    assert told == found
