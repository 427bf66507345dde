"""The rule for returns, on both sides of each of its boundaries, and its words."""

from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from storefront.seller.returning import (
    ReturnFacts,
    ReturnOutcome,
    ReturnReason,
    ReturnRule,
    answer_for,
    last_day,
)
from storefront.seller.rule_words import rule_for_buyers, rule_for_producers

RULE = ReturnRule(days=30, below_percent=50)
PAID_AT = datetime(2026, 11, 29, 15, 30, tzinfo=UTC)
END = datetime(2026, 12, 30, 0, 0, tzinfo=UTC)  # the 29th of December is over
INSTANT = timedelta(microseconds=1)


def answer(*, rule=RULE, now=PAID_AT, **changes):
    facts = {
        "paid_at": PAID_AT,
        "zone": UTC,
        "paid": Decimal("49.00"),
        "given_back": Decimal(0),
        "under_way": Decimal(0),
        "studied_percent": 3,
        "finished": False,
    }
    return answer_for(ReturnFacts(**facts | changes), rule=rule, now=now)


@pytest.mark.parametrize(
    ("changes", "outcome", "reason"),
    [
        ({}, ReturnOutcome.AT_ONCE, ReturnReason.IN_TIME),
        # days: the last one counts to its end
        ({"now": PAID_AT + timedelta(days=30)}, ReturnOutcome.AT_ONCE, ReturnReason.IN_TIME),
        ({"now": END - INSTANT}, ReturnOutcome.AT_ONCE, ReturnReason.IN_TIME),
        ({"now": END}, ReturnOutcome.ON_REQUEST, ReturnReason.TOO_LATE),
        # the share: strictly less
        ({"studied_percent": 0}, ReturnOutcome.AT_ONCE, ReturnReason.IN_TIME),
        ({"studied_percent": 49}, ReturnOutcome.AT_ONCE, ReturnReason.IN_TIME),
        ({"studied_percent": 50}, ReturnOutcome.ON_REQUEST, ReturnReason.STUDIED),
        ({"studied_percent": 100}, ReturnOutcome.ON_REQUEST, ReturnReason.STUDIED),
        ({"studied_percent": 50, "now": END}, ReturnOutcome.ON_REQUEST, ReturnReason.TOO_LATE),
        # other rules
        ({"rule": ReturnRule(30, 1)}, ReturnOutcome.ON_REQUEST, ReturnReason.STUDIED),
        (
            {"rule": ReturnRule(30, 1), "studied_percent": 0},
            ReturnOutcome.AT_ONCE,
            ReturnReason.IN_TIME,
        ),
        (
            {"rule": ReturnRule(30, 100), "studied_percent": 99},
            ReturnOutcome.AT_ONCE,
            ReturnReason.IN_TIME,
        ),
        (
            {"rule": ReturnRule(30, 100), "studied_percent": 100},
            ReturnOutcome.ON_REQUEST,
            ReturnReason.STUDIED,
        ),
        ({"rule": ReturnRule(0, 50)}, ReturnOutcome.ON_REQUEST, ReturnReason.EACH_DECIDED),
        # a finished course, whatever the figures say
        (
            {"finished": True, "studied_percent": 10},
            ReturnOutcome.ON_REQUEST,
            ReturnReason.FINISHED,
        ),
        (
            {"finished": True, "rule": ReturnRule(30, 100)},
            ReturnOutcome.ON_REQUEST,
            ReturnReason.FINISHED,
        ),
        # what was granted and did not arrive
        (
            {"granted": True, "now": END, "finished": True},
            ReturnOutcome.AT_ONCE,
            ReturnReason.GRANTED,
        ),
        # nothing to give back
        ({"paid": Decimal(0)}, ReturnOutcome.NOT_POSSIBLE, ReturnReason.FREE),
        ({"paid_at": None}, ReturnOutcome.NOT_POSSIBLE, ReturnReason.NOT_PAID),
        ({"given_back": Decimal("49.00")}, ReturnOutcome.NOT_POSSIBLE, ReturnReason.RETURNED),
        ({"given_back": Decimal("48.99")}, ReturnOutcome.AT_ONCE, ReturnReason.IN_TIME),
        ({"under_way": Decimal("49.00")}, ReturnOutcome.NOT_POSSIBLE, ReturnReason.UNDER_WAY),
        ({"under_way": Decimal("0.01")}, ReturnOutcome.NOT_POSSIBLE, ReturnReason.UNDER_WAY),
    ],
)
def test_the_rule_decides_on_both_sides_of_each_boundary(changes, outcome, reason):
    found = answer(**changes)

    assert (found.outcome, found.reason) == (outcome, reason)


def test_what_goes_back_is_what_is_left_of_the_payment():
    assert answer(given_back=Decimal("5.50")).amount == Decimal("43.50")


@pytest.mark.parametrize(
    ("paid_at", "day"),
    [
        (datetime(2026, 11, 29, 0, 0, tzinfo=UTC), date(2026, 12, 29)),
        (datetime(2026, 11, 29, 23, 59, 59, tzinfo=UTC), date(2026, 12, 29)),
        # wherever the clock stood that wrote it down
        (datetime(2026, 11, 30, 9, 0, tzinfo=timezone(timedelta(hours=14))), date(2026, 12, 29)),
        (datetime(2028, 2, 1, 12, 0, tzinfo=UTC), date(2028, 3, 2)),  # over a leap day
    ],
)
def test_the_last_day_is_counted_from_the_day_after_the_payment(paid_at, day):
    assert last_day(paid_at, RULE, UTC) == day
    assert answer(paid_at=paid_at).until == day


@pytest.mark.parametrize(
    ("zone", "day", "end"),
    [
        ("Asia/Kolkata", date(2026, 12, 29), datetime(2026, 12, 29, 18, 30, tzinfo=UTC)),
        ("America/Los_Angeles", date(2026, 12, 29), datetime(2026, 12, 30, 8, 0, tzinfo=UTC)),
        # half past three in the afternoon is half past five in the morning of the day after
        ("Pacific/Kiritimati", date(2026, 12, 30), datetime(2026, 12, 30, 10, 0, tzinfo=UTC)),
    ],
)
def test_the_last_day_is_the_buyers_and_counts_to_its_end(zone, day, end):
    clock = ZoneInfo(zone)

    assert answer(zone=clock).until == day
    assert answer(zone=clock, now=end - INSTANT).outcome == ReturnOutcome.AT_ONCE
    assert answer(zone=clock, now=end).outcome == ReturnOutcome.ON_REQUEST


def test_no_day_is_the_last_when_each_return_is_decided():
    assert answer(rule=ReturnRule(0, 50)).until is None


def test_of_two_rules_each_figure_is_the_kinder_one():
    assert ReturnRule(30, 25).kinder(ReturnRule(14, 50)) == ReturnRule(30, 50)
    assert ReturnRule(0, 50).kinder(ReturnRule(14, 25)) == ReturnRule(14, 50)


@pytest.mark.parametrize(
    ("rule", "for_buyers", "for_producers"),
    [
        (
            ReturnRule(30, 50),
            "Return it within 30 days, as long as you have studied less than half.",
            "within 30 days, less than half studied",
        ),
        (
            ReturnRule(1, 50),
            "Return it within 1 day, as long as you have studied less than half.",
            "within 1 day, less than half studied",
        ),
        (
            ReturnRule(14, 25),
            "Return it within 14 days, as long as you have studied less than 25\u00a0% of it.",
            "within 14 days, less than 25\u00a0% studied",
        ),
        (
            ReturnRule(1, 25),
            "Return it within 1 day, as long as you have studied less than 25\u00a0% of it.",
            "within 1 day, less than 25\u00a0% studied",
        ),
        (
            ReturnRule(7, 100),
            "Return it within 7 days, as long as you have not finished it.",
            "within 7 days, not finished",
        ),
        (
            ReturnRule(0, 50),
            "You may ask to return it; we decide on each request.",
            "when we agree to it",
        ),
    ],
)
def test_the_sentence_says_both_figures(rule, for_buyers, for_producers):
    assert rule_for_buyers(rule) == for_buyers
    assert rule_for_producers(rule) == for_producers
