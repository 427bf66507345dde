"""Every request we send, held against Stripe's own description of its API.

The oracle lives outside the repository (``../shared/oracles/stripe_validate.py``): the SDK's
generated parameter types for exactly the pinned version, and Stripe's OpenAPI file.
"""

import ast
import glob
import importlib.util
import json
from pathlib import Path

import pytest

from storefront.checkout import orders, refunds
from storefront.errors import OrderError
from storefront.payments import stripe
from tests.storefront.shop import a_checkout, a_coupon, a_course_on_sale, a_paid_order, send

ORACLE = Path(__file__).resolve().parents[4] / "shared" / "oracles" / "stripe_validate.py"

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not ORACLE.exists(), reason=f"The oracle is not here: {ORACLE}"),
]


@pytest.fixture(scope="module")
def oracle():
    spec = importlib.util.spec_from_file_location("stripe_validate", ORACLE)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def sdk_oracle(oracle):
    return oracle.SdkOracle()


def problems_of(request: dict, oracle, sdk_oracle) -> list[str]:
    """What Stripe would object to in one request as it came over the wire."""
    text = request["body"] if request["method"] == "POST" else request["query"]
    tree, problems = oracle.decode_form(text)
    found, operation = sdk_oracle.check(request["method"], request["path"], tree)
    headers = request["headers"]
    if headers.get("stripe-version") != sdk_oracle.version:
        problems.append(f"Stripe-Version {headers.get('stripe-version')}")
    if request["method"] == "POST":
        if "x-www-form-urlencoded" not in headers.get("content-type", ""):
            problems.append("not form-encoded")
        if not headers.get("idempotency-key"):
            problems.append("no Idempotency-Key")
    return [*problems, *found, *([] if operation else ["no such operation"])]


def a_whole_story(client, stripesim, ada, cleo, dana, ivo) -> None:
    """Everything this shop ever asks of Stripe: buy, decline, abandon, refund, replay."""
    course = a_course_on_sale(by=ada, price="24.00", title="Käsin ommellen – «Ä» & 日本")
    a_coupon("FIELDBOOK", 25)
    order = a_paid_order(stripesim, buyer=cleo, course=course, code="FIELDBOOK")
    refunds.refund_order(order=order, by=ivo, reason="Bought by mistake.")
    abandoned, session = a_checkout(buyer=dana, course=course)
    stripesim.pay(session, card="4000000000000002")
    orders.start_checkout(buyer=dana, course=course)
    orders.expire_order(order=abandoned)
    for event in stripesim.events():
        send(client, event)
    unknown = {**stripesim.event("charge.refunded"), "id": "evt_unknown"}
    unknown["data"]["object"]["payment_intent"] = "pi_unknown"
    send(client, unknown)
    refunds.sync(payment=order.payments.get())


def test_every_request_we_send_is_one_that_stripe_takes(
    client, stripesim, oracle, sdk_oracle, ada, cleo, dana, ivo
):
    a_whole_story(client, stripesim, ada, cleo, dana, ivo)

    requests = stripesim.requests()
    problems = {
        f"{request['method']} {request['path']}: {problem}"
        for request in requests
        for problem in problems_of(request, oracle, sdk_oracle)
    }
    assert problems == set()
    asked = {
        (request["method"], sdk_oracle.find(request["method"], request["path"])[0].template)
        for request in requests
    }
    assert asked == {
        ("POST", "/v1/checkout/sessions"),
        ("GET", "/v1/checkout/sessions/{session}"),
        ("GET", "/v1/checkout/sessions"),
        ("POST", "/v1/checkout/sessions/{session}/expire"),
        ("POST", "/v1/refunds"),
        ("GET", "/v1/refunds"),
    }


def test_lengths_and_patterns_are_those_of_stripes_description(
    client, stripesim, oracle, ada, cleo, dana, ivo
):
    spec = oracle.SpecOracle()
    a_whole_story(client, stripesim, ada, cleo, dana, ivo)

    warnings = set()
    for request in stripesim.requests():
        text = request["body"] if request["method"] == "POST" else request["query"]
        tree, _ = oracle.decode_form(text)
        warnings |= set(spec.check(request["method"], request["path"], tree))

    # That description is of 2023; what came later is held against the SDK above.
    assert warnings == set()


def test_the_oracle_sees_what_stripe_would_refuse(stripesim, oracle, sdk_oracle):
    """The control: a parameter that the pinned version no longer knows."""
    with pytest.raises(stripe.stripe.InvalidRequestError):
        stripe.client().v1.checkout.sessions.create(
            {"mode": "payment", "payment_method_types": ["card"]}
        )

    (request,) = stripesim.requests()
    assert "payment_method_types: unknown parameter" in problems_of(request, oracle, sdk_oracle)


def test_the_shapes_of_stripesim_are_those_the_sdk_reads(
    stripesim, oracle, sdk_oracle, ada, cleo, ivo
):
    """Every field that the SDK says is always there, is there."""
    order = a_paid_order(stripesim, buyer=cleo, course=a_course_on_sale(by=ada))
    refunds.refund_order(order=order, by=ivo)
    known = {}
    for path in glob.glob(f"{sdk_oracle.root}/**/_*.py", recursive=True):
        for node in ast.walk(ast.parse(Path(path).read_text())):
            if isinstance(node, ast.ClassDef):
                fields = {
                    part.target.id: part
                    for part in node.body
                    if isinstance(part, ast.AnnAssign) and isinstance(part.target, ast.Name)
                }
                name = fields.pop("OBJECT_NAME", None)
                if name is not None and isinstance(name.value, ast.Constant):
                    known[name.value.value] = {
                        field: "Optional" not in ast.unparse(part.annotation)
                        for field, part in fields.items()
                        if field != "deleted"
                    }
    snapshots = [event["data"]["object"] for event in stripesim.events()] + stripesim.events()
    assert {"checkout.session", "payment_intent", "charge", "refund", "event"} == {
        snapshot["object"] for snapshot in snapshots
    }
    for snapshot in snapshots:
        fields = known[snapshot["object"]]
        missing = {name for name, always in fields.items() if always and name not in snapshot}
        assert not missing, (snapshot["object"], missing)
        assert set(snapshot) <= set(fields), (snapshot["object"], set(snapshot) - set(fields))
        assert json.loads(json.dumps(snapshot)) == snapshot


def test_a_refusal_by_stripe_is_a_sentence_of_ours(stripesim, ada, cleo):
    with pytest.raises(OrderError, match="Nothing was charged"):
        stripe.read_session("cs_test_nowhere")
