"""Which state may follow which: the tables, and that every verb asks them."""

import ast
from itertools import product
from pathlib import Path
from types import SimpleNamespace

import pytest

from courses.models.releases import RELEASE_MOVES, ReleaseStatus
from courses.moves import MoveRefused, Moves
from learners.models.applications import APPLICATION_MOVES, ApplicationStatus
from learners.models.enrollments import ENROLLMENT_MOVES, EnrollmentStatus
from learners.models.progress import PROGRESS_MOVES, ProgressStatus
from storefront.models.orders import ORDER_MOVES, OrderStatus
from storefront.models.payments import (
    PAYMENT_MOVES,
    REFUND_MOVES,
    PaymentStatus,
    RefundStatus,
)
from storefront.models.webhooks import WEBHOOK_MOVES, WebhookStatus

ROOT = Path(__file__).resolve().parents[2]
# Written by hand: what the tables must say, and all that they may say.
ALLOWED = [
    (
        RELEASE_MOVES,
        ReleaseStatus,
        "in_review>current in_review>changes_requested in_review>cancelled "
        "current>superseded superseded>current",
    ),
    (
        ENROLLMENT_MOVES,
        EnrollmentStatus,
        "active>completed active>refunded completed>refunded refunded>active refunded>completed",
    ),
    (APPLICATION_MOVES, ApplicationStatus, "pending>approved pending>declined"),
    (
        PROGRESS_MOVES,
        ProgressStatus,
        "not_started>in_progress not_started>completed in_progress>completed completed>in_progress",
    ),
    (
        ORDER_MOVES,
        OrderStatus,
        "pending>paid pending>expired pending>refunded expired>paid expired>refunded "
        "paid>refunded refunded>paid",
    ),
    (
        PAYMENT_MOVES,
        PaymentStatus,
        "open>succeeded open>expired expired>succeeded succeeded>refunded",
    ),
    (
        REFUND_MOVES,
        RefundStatus,
        "pending>succeeded pending>failed failed>pending failed>succeeded",
    ),
    (
        WEBHOOK_MOVES,
        WebhookStatus,
        "received>handled received>ignored received>failed failed>handled failed>ignored",
    ),
]


@pytest.mark.parametrize(
    ("moves", "states", "allowed"), ALLOWED, ids=lambda v: getattr(v, "__name__", "")
)
def test_a_table_allows_these_moves_and_no_other(moves, states, allowed):
    found = {
        f"{old}>{new}"
        for old, new in product(states.values, repeat=2)
        if old != new and moves.allows(old, new)
    }

    assert found == set(allowed.split())


def test_a_move_sets_the_state_and_a_refused_one_sets_nothing():
    order = SimpleNamespace(pk=7, status=OrderStatus.PENDING)

    ORDER_MOVES.move(order, OrderStatus.EXPIRED)
    assert order.status == OrderStatus.EXPIRED

    with pytest.raises(MoveRefused, match="7 cannot go from expired to pending") as refusal:
        ORDER_MOVES.move(order, OrderStatus.PENDING)
    assert refusal.value.code == "move_not_allowed"
    assert order.status == OrderStatus.EXPIRED


def test_staying_is_no_move():
    order = SimpleNamespace(pk=7, status=OrderStatus.REFUNDED)

    ORDER_MOVES.move(order, OrderStatus.REFUNDED)

    assert order.status == OrderStatus.REFUNDED


def test_sources_are_where_a_state_may_be_reached_from():
    assert ORDER_MOVES.sources(OrderStatus.PAID) == {
        OrderStatus.PENDING,
        OrderStatus.EXPIRED,
        OrderStatus.REFUNDED,
    }
    assert APPLICATION_MOVES.sources(ApplicationStatus.PENDING) == frozenset()


def test_a_table_names_what_follows_every_state():
    with pytest.raises(ValueError, match="No row says what may follow"):
        Moves({"open": {"closed"}})


def test_no_verb_sets_a_status_without_asking():
    written = []
    for app in ("courses", "learners", "storefront", "home"):
        for path in sorted((ROOT / app).rglob("*.py")):
            if {"migrations", "stripesim"} & set(path.parts) or path.name == "moves.py":
                continue
            for node in ast.walk(ast.parse(path.read_text())):
                targets = node.targets if isinstance(node, ast.Assign) else []
                for target in targets:
                    names = target.elts if isinstance(target, ast.Tuple) else [target]
                    written += [
                        f"{path.relative_to(ROOT)}:{node.lineno}"
                        for name in names
                        if isinstance(name, ast.Attribute) and name.attr == "status"
                    ]

    assert written == []
