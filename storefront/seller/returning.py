"""May this purchase be given back, and until when: the one rule, which asks nobody anything.

A course goes back at once within ``days`` days of its payment, while less than ``below_percent``
of it was ever studied. All else that was paid may be asked for, and an admin decides.

- **Days** are whole days of the buyer's, by the clock of the receipt. The day of the payment does
  not count, and the last day counts to its end, so everybody has at least ``days`` times 24 hours,
  as in Regulation (EEC, Euratom) 1182/71, Article 3. 0 days: every return is decided by an admin.
- **Less** is strict: who studied exactly half has not studied less than half.
- A **finished** course is never given back at once, whatever the figures say.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from decimal import Decimal
from enum import StrEnum


@dataclass(frozen=True)
class ReturnRule:
    """For so many days, while less than so many percent are studied."""

    days: int
    below_percent: int

    def kinder(self, other: "ReturnRule") -> "ReturnRule":
        """Each figure of the two that is better for the buyer."""
        return ReturnRule(
            days=max(self.days, other.days),
            below_percent=max(self.below_percent, other.below_percent),
        )


@dataclass(frozen=True)
class ReturnFacts:
    """What the rule asks of a purchase. Amounts are of one currency."""

    paid_at: datetime | None
    # Whose days are counted.
    zone: tzinfo
    paid: Decimal
    given_back: Decimal
    # Promised, and not confirmed by Stripe yet.
    under_way: Decimal
    studied_percent: int
    finished: bool
    # An admin, or the rule on an earlier day, said yes, and Stripe did not give the money back.
    granted: bool = False


class ReturnOutcome(StrEnum):
    AT_ONCE = "at_once"
    # An admin decides.
    ON_REQUEST = "on_request"
    NOT_POSSIBLE = "not_possible"


class ReturnReason(StrEnum):
    """Why it is so."""

    IN_TIME = "in_time"
    GRANTED = "granted"
    EACH_DECIDED = "each_decided"  # the seller lets nobody return at once
    FINISHED = "finished"
    TOO_LATE = "too_late"
    STUDIED = "studied"
    UNDER_WAY = "under_way"
    RETURNED = "returned"
    FREE = "free"
    NOT_PAID = "not_paid"


@dataclass(frozen=True)
class ReturnAnswer:
    outcome: ReturnOutcome
    reason: ReturnReason
    studied_percent: int
    # What would go back.
    amount: Decimal
    # The last day, which counts to its end; None where no day is the last.
    until: date | None

    @property
    def at_once(self) -> bool:
        return self.outcome == ReturnOutcome.AT_ONCE

    @property
    def on_request(self) -> bool:
        return self.outcome == ReturnOutcome.ON_REQUEST


def last_day(paid_at: datetime, rule: ReturnRule, zone: tzinfo) -> date | None:
    """The last day to return at once; None when every return is decided by an admin."""
    if not rule.days:
        return None
    return paid_at.astimezone(zone).date() + timedelta(days=rule.days)


def answer_for(facts: ReturnFacts, *, rule: ReturnRule, now: datetime) -> ReturnAnswer:
    until = last_day(facts.paid_at, rule, facts.zone) if facts.paid_at else None
    outcome, reason = _decide(facts, rule, until, now.astimezone(facts.zone).date())
    return ReturnAnswer(
        outcome=outcome,
        reason=reason,
        studied_percent=facts.studied_percent,
        amount=facts.paid - facts.given_back - facts.under_way,
        until=until,
    )


def _decide(
    facts: ReturnFacts, rule: ReturnRule, until: date | None, today: date
) -> tuple[ReturnOutcome, ReturnReason]:
    if not facts.paid_at:
        return ReturnOutcome.NOT_POSSIBLE, ReturnReason.NOT_PAID
    if not facts.paid:
        return ReturnOutcome.NOT_POSSIBLE, ReturnReason.FREE
    if facts.given_back >= facts.paid:
        return ReturnOutcome.NOT_POSSIBLE, ReturnReason.RETURNED
    if facts.under_way:
        return ReturnOutcome.NOT_POSSIBLE, ReturnReason.UNDER_WAY
    if facts.granted:
        return ReturnOutcome.AT_ONCE, ReturnReason.GRANTED
    if facts.finished:
        return ReturnOutcome.ON_REQUEST, ReturnReason.FINISHED
    if until is None:
        return ReturnOutcome.ON_REQUEST, ReturnReason.EACH_DECIDED
    if today > until:
        return ReturnOutcome.ON_REQUEST, ReturnReason.TOO_LATE
    if facts.studied_percent >= rule.below_percent:
        return ReturnOutcome.ON_REQUEST, ReturnReason.STUDIED
    return ReturnOutcome.AT_ONCE, ReturnReason.IN_TIME
