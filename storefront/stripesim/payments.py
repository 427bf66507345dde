"""PaymentIntents, Charges and Refunds, as far as a shop with hosted checkout meets them."""

from collections.abc import Callable

from . import objects
from .errors import ApiError, missing_parameter, no_such
from .parameters import EXPAND, PAGING, Fields, Metadata, OneOf, Text, Whole
from .parts import Call

RETRIEVE = Fields(may={"expand": EXPAND})
LIST = Fields(may=PAGING)
LIST_CHARGES = Fields(may={**PAGING, "payment_intent": Text()})
LIST_REFUNDS = Fields(may={**PAGING, "payment_intent": Text(), "charge": Text()})
REFUND = Fields(
    may={
        "charge": Text(),
        "payment_intent": Text(),
        "amount": Whole(least=1),
        "reason": OneOf(("duplicate", "fraudulent", "requested_by_customer")),
        "metadata": Metadata(),
        "expand": EXPAND,
    }
)


def _retrieve(kind: str, param: str) -> Callable[[Call], dict]:
    def retrieve(call: Call) -> dict:
        found = call.sim.store.get(call.ids[0], kind)
        if not found:
            raise no_such(kind, call.ids[0], param)
        return found

    return retrieve


def _listing(kind: str, url: str, *filters: str) -> Callable[[Call], dict]:
    def listing(call: Call) -> dict:
        found = [
            item
            for item in call.sim.store.newest(kind)
            if all(call.params.get(name) in (None, item[name]) for name in filters)
            and call.within(item)
        ]
        return objects.page_of(found, call.params, url)

    return listing


retrieve_intent = _retrieve("payment_intent", "intent")
retrieve_charge = _retrieve("charge", "charge")
retrieve_refund = _retrieve("refund", "refund")
list_intents = _listing("payment_intent", "/v1/payment_intents")
list_charges = _listing("charge", "/v1/charges", "payment_intent")
list_refunds = _listing("refund", "/v1/refunds", "payment_intent", "charge")


def refund(call: Call) -> dict:
    """Stripe: a charge can be refunded in parts until it is wholly refunded, never more,
    https://docs.stripe.com/api/refunds/create."""
    charge = _charge_of(call)
    left = charge["amount"] - charge["amount_refunded"]
    if not charge["paid"]:
        raise ApiError(400, f"Charge {charge['id']} failed and cannot be refunded.")
    if left == 0:
        raise ApiError(
            400,
            f"Charge {charge['id']} has already been refunded.",
            code="charge_already_refunded",
        )
    amount = call.params.get("amount", left)
    if amount > left:
        raise ApiError(
            400,
            f"Refund amount ({amount}) is greater than unrefunded amount on charge ({left}).",
            param="amount",
        )
    refund = objects.refund(charge, call.params, amount=amount, now=call.sim.clock.now())
    charge["amount_refunded"] += amount
    charge["refunded"] = charge["amount_refunded"] == charge["amount"]
    call.sim.store.insert(refund)
    call.sim.store.update(charge)
    call.sim.webhooks.publish("refund.created", refund, call.origin)
    call.sim.webhooks.publish("charge.refunded", charge, call.origin)
    return refund


def _charge_of(call: Call) -> dict:
    store, params = call.sim.store, call.params
    if "charge" in params:
        charge = store.get(params["charge"], "charge")
        if not charge:
            raise no_such("charge", params["charge"], "charge")
        return charge
    if "payment_intent" not in params:
        raise missing_parameter("payment_intent")
    intent = store.get(params["payment_intent"], "payment_intent")
    if not intent:
        raise no_such("payment_intent", params["payment_intent"], "payment_intent")
    if intent["status"] != "succeeded":
        raise ApiError(
            400,
            f"This PaymentIntent ({intent['id']}) does not have a successful charge to refund.",
            param="payment_intent",
        )
    return store.need(intent["latest_charge"])
