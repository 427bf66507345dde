"""Which state may follow which: the tables, and that every verb asks them."""

import ast
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.apps import apps

from courses.models.exports import EXPORT_MOVES, ExportStatus
from courses.models.imports import IMPORT_MOVES, ImportStatus
from courses.models.invitations import INVITATION_MOVES, InvitationStatus
from courses.models.releases import RELEASE_MOVES, ReleaseStatus
from courses.moves import MoveRefused, Moves
from learners.models.applications import APPLICATION_MOVES, ApplicationStatus
from learners.models.enrollments import ENROLLMENT_MOVES, EnrollmentStatus
from learners.models.progress import PROGRESS_MOVES, ProgressStatus
from storefront.models import Order, Payment
from storefront.models.orders import ORDER_MOVES, OrderStatus
from storefront.models.payments import (
    PAYMENT_MOVES,
    REFUND_MOVES,
    PaymentStatus,
    RefundStatus,
)
from storefront.models.returns import RETURN_MOVES, ReturnStatus
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
    (APPLICATION_MOVES, ApplicationStatus, "pending>approved pending>declined pending>withdrawn"),
    (
        PROGRESS_MOVES,
        ProgressStatus,
        "not_started>in_progress not_started>completed in_progress>completed completed>in_progress",
    ),
    (
        ORDER_MOVES,
        OrderStatus,
        "pending>paid pending>expired pending>refunded expired>paid expired>refunded paid>refunded",
    ),
    (
        PAYMENT_MOVES,
        PaymentStatus,
        "open>succeeded open>owed_back open>expired expired>succeeded expired>owed_back "
        "owed_back>refunded succeeded>refunded",
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
    (
        INVITATION_MOVES,
        InvitationStatus,
        "waiting>accepted waiting>declined waiting>withdrawn",
    ),
    (
        IMPORT_MOVES,
        ImportStatus,
        "waiting>working waiting>stopped working>waiting working>done working>failed "
        "working>stopped",
    ),
    (RETURN_MOVES, ReturnStatus, "waiting>granted waiting>declined"),
    (
        EXPORT_MOVES,
        ExportStatus,
        "waiting>writing writing>waiting writing>ready writing>failed",
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


def test_every_state_that_is_kept_has_a_table():
    ours = [apps.get_app_config(name) for name in ("courses", "learners", "storefront", "home")]
    kept = {
        field.model.__name__: set(dict(field.choices))
        for app in ours
        for model in app.get_models()
        for field in model._meta.fields
        if field.name == "status"
    }
    tables = [set(states.values) for _moves, states, _allowed in ALLOWED]

    assert [name for name, states in kept.items() if states not in tables] == []
    assert len(kept) == len(ALLOWED)


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
    }
    assert APPLICATION_MOVES.sources(ApplicationStatus.PENDING) == frozenset()


@pytest.mark.django_db
def test_an_update_leaves_alone_what_may_not_go_there(cleo):
    states = [PaymentStatus.OPEN, PaymentStatus.SUCCEEDED, PaymentStatus.REFUNDED]
    for number, status in enumerate(states):
        order = Order.objects.create(
            number=f"2026-{number}", buyer=cleo, currency="EUR", subtotal=1, total=1
        )
        order.payments.create(
            status=status, amount=1, currency="EUR", idempotency_key=f"key-{number}"
        )

    moved = PAYMENT_MOVES.update(Payment.objects.all(), PaymentStatus.EXPIRED, checkout_url="")

    assert moved == 1
    assert list(Payment.objects.order_by("pk").values_list("status", flat=True)) == [
        *("expired", "succeeded", "refunded")
    ]


def test_a_table_names_what_follows_every_state():
    with pytest.raises(ValueError, match="No row says what may follow"):
        Moves({"open": {"closed"}})


def sources() -> Iterator[tuple[str, ast.Module]]:
    """Each file whose verbs may move rows, read."""
    for app in ("courses", "learners", "storefront", "home"):
        for path in sorted((ROOT / app).rglob("*.py")):
            if not {"migrations", "stripesim"} & set(path.parts) and path.name != "moves.py":
                yield str(path.relative_to(ROOT)), ast.parse(path.read_text())


def test_no_verb_sets_a_status_without_asking():
    written = []
    for path, tree in sources():
        for node in ast.walk(tree):
            targets = node.targets if isinstance(node, ast.Assign) else []
            for target in targets:
                names = target.elts if isinstance(target, ast.Tuple) else [target]
                written += [
                    f"{path}:{node.lineno}"
                    for name in names
                    if isinstance(name, ast.Attribute) and name.attr == "status"
                ]

    assert written == []


def test_no_update_writes_a_status_without_asking():
    written = []
    for path, tree in sources():
        for verb in [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]:
            updates = [
                call
                for call in ast.walk(verb)
                if isinstance(call, ast.Call)
                and isinstance(call.func, ast.Attribute)
                and call.func.attr == "update"
                and any(word.arg == "status" for word in call.keywords)
            ]
            if updates and "_MOVES.sources(" not in ast.unparse(verb):
                written.append(f"{path}:{verb.name}")

    assert written == []
