"""The access decision: every combination of facts, and the facts themselves."""

from dataclasses import replace
from datetime import UTC, datetime
from itertools import product

import pytest

from learners.access.decision import NextStep, Reason, decide
from learners.access.facts import AccessFacts

AT = datetime(2026, 11, 22, tzinfo=UTC)

VISITOR = AccessFacts(released=True, on_sale=True)
SIGNED_IN = replace(VISITOR, signed_in=True)

TABLE = [
    # who, facts, allowed, reason, next step
    ("a visitor", VISITOR, False, Reason.ANONYMOUS, NextStep.SIGN_IN),
    ("a stranger", SIGNED_IN, False, Reason.NOT_ENROLLED, NextStep.BUY),
    ("a visitor, preview", replace(VISITOR, preview=True), True, Reason.PREVIEW, NextStep.NONE),
    ("a stranger, preview", replace(SIGNED_IN, preview=True), True, Reason.PREVIEW, NextStep.NONE),
    ("a learner", replace(SIGNED_IN, status="active"), True, Reason.ENROLLED, NextStep.NONE),
    ("a graduate", replace(SIGNED_IN, status="completed"), True, Reason.ENROLLED, NextStep.NONE),
    (
        "a learner, preview",
        replace(SIGNED_IN, status="active", preview=True),
        True,
        Reason.ENROLLED,
        NextStep.NONE,
    ),
    (
        "a learner, archived course",
        replace(SIGNED_IN, status="active", on_sale=False),
        True,
        Reason.ENROLLED,
        NextStep.NONE,
    ),
    (
        "a refunded learner",
        replace(SIGNED_IN, status="refunded"),
        False,
        Reason.REFUNDED,
        NextStep.BUY_AGAIN,
    ),
    (
        "a refunded learner, archived course",
        replace(SIGNED_IN, status="refunded", on_sale=False),
        False,
        Reason.REFUNDED,
        NextStep.BROWSE,
    ),
    (
        "a refunded learner, preview",
        replace(SIGNED_IN, status="refunded", preview=True),
        True,
        Reason.PREVIEW,
        NextStep.NONE,
    ),
    (
        "a stranger, archived course",
        replace(SIGNED_IN, on_sale=False),
        False,
        Reason.ARCHIVED,
        NextStep.BROWSE,
    ),
    (
        "a visitor, preview of an archived course",
        replace(VISITOR, on_sale=False, preview=True),
        False,
        Reason.ARCHIVED,
        NextStep.BROWSE,
    ),
    ("the team", replace(SIGNED_IN, teaches=True), True, Reason.TEAM, NextStep.NONE),
    (
        "the team, a draft",
        AccessFacts(signed_in=True, teaches=True),
        True,
        Reason.TEAM,
        NextStep.NONE,
    ),
    (
        "the team, who bought it",
        replace(SIGNED_IN, teaches=True, status="active"),
        True,
        Reason.ENROLLED,
        NextStep.NONE,
    ),
    (
        "a moderator",
        replace(SIGNED_IN, moderator=True),
        True,
        Reason.MODERATOR,
        NextStep.NONE,
    ),
    (
        "a moderator, a lesson in review",
        AccessFacts(signed_in=True, moderator=True, in_review=True),
        True,
        Reason.MODERATOR,
        NextStep.NONE,
    ),
    (
        "a moderator, a draft nobody submitted",
        AccessFacts(signed_in=True, moderator=True),
        False,
        Reason.NOT_RELEASED,
        NextStep.NONE,
    ),
    (
        "an admin, a draft",
        AccessFacts(signed_in=True, admin=True, moderator=True),
        True,
        Reason.ADMIN,
        NextStep.NONE,
    ),
    ("a visitor, a draft", AccessFacts(), False, Reason.NOT_RELEASED, NextStep.NONE),
    (
        "a learner, a draft",
        AccessFacts(signed_in=True, status="active", on_sale=True),
        False,
        Reason.NOT_RELEASED,
        NextStep.NONE,
    ),
    (
        "a learner, a retired lesson they studied",
        AccessFacts(signed_in=True, status="active", was_released=True, studied=True),
        True,
        Reason.HISTORY,
        NextStep.NONE,
    ),
    (
        "a learner, a retired lesson they never opened",
        AccessFacts(signed_in=True, status="active", was_released=True),
        False,
        Reason.RETIRED,
        NextStep.RESUME,
    ),
    (
        "a refunded learner, a retired lesson they studied",
        AccessFacts(signed_in=True, status="refunded", was_released=True, studied=True),
        False,
        Reason.NOT_RELEASED,
        NextStep.NONE,
    ),
    (
        "a stranger, a retired preview",
        AccessFacts(signed_in=True, was_released=True, preview=True, on_sale=True),
        False,
        Reason.NOT_RELEASED,
        NextStep.NONE,
    ),
    (
        "a closed account that is enrolled",
        replace(SIGNED_IN, active=False, status="active"),
        False,
        Reason.SUSPENDED,
        NextStep.NONE,
    ),
    (
        "a closed account of the team",
        replace(SIGNED_IN, active=False, teaches=True, admin=True, moderator=True),
        False,
        Reason.SUSPENDED,
        NextStep.NONE,
    ),
    (
        "a closed account, preview",
        replace(SIGNED_IN, active=False, preview=True),
        True,
        Reason.PREVIEW,
        NextStep.NONE,
    ),
]


@pytest.mark.parametrize(
    ("facts", "allowed", "reason", "next_step"),
    [row[1:] for row in TABLE],
    ids=[row[0] for row in TABLE],
)
def test_the_decision(facts, allowed, reason, next_step):
    access = decide(facts, AT)

    assert (access.allowed, access.reason, access.next_step) == (allowed, reason, next_step)


def every_combination():
    flags = [
        "signed_in",
        "active",
        "admin",
        "moderator",
        "teaches",
        "studied",
        "released",
        "was_released",
        "in_review",
        "preview",
        "on_sale",
    ]
    for status in (None, "active", "completed", "refunded"):
        for values in product((False, True), repeat=len(flags)):
            yield AccessFacts(status=status, **dict(zip(flags, values, strict=True)))


def test_no_combination_of_facts_opens_a_lesson_without_one_of_the_grounds():
    for facts in every_combination():
        access = decide(facts, AT)
        grounds = {
            Reason.ENROLLED: facts.released and facts.status in ("active", "completed"),
            Reason.HISTORY: facts.studied and facts.status in ("active", "completed"),
            Reason.TEAM: facts.teaches,
            Reason.ADMIN: facts.admin,
            Reason.MODERATOR: facts.moderator,
            Reason.PREVIEW: facts.released and facts.preview and facts.on_sale,
        }
        assert access.allowed == bool(grounds.get(access.reason)), facts
        if not facts.active:
            assert not access.allowed or access.reason == Reason.PREVIEW, facts


def test_every_decision_has_a_sentence_and_only_learners_leave_traces():
    for facts in every_combination():
        access = decide(facts, AT)
        assert access.reason.label
        assert access.records == (access.allowed and access.reason == Reason.ENROLLED)
        assert not (access.records and access.is_visit)
