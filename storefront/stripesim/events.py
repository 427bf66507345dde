"""Events: what happened, kept for 30 days and listable, delivered as webhooks.

Stripe: https://docs.stripe.com/api/events.
"""

from . import objects
from .errors import no_such
from .parameters import EXPAND, PAGING, Fields, Flag, Listed, Text
from .parts import Call

RETRIEVE = Fields(may={"expand": EXPAND})
LIST = Fields(
    may={**PAGING, "type": Text(), "types": Listed(Text(), most=20), "delivery_success": Flag()}
)


def retrieve(call: Call) -> dict:
    event = call.sim.store.get(call.ids[0], "event")
    if not event:
        raise no_such("event", call.ids[0])
    return event


def listing(call: Call) -> dict:
    wanted = set(call.params.get("types", []))
    if "type" in call.params:
        wanted.add(call.params["type"])
    success = call.params.get("delivery_success")
    found = [
        event
        for event in call.sim.store.newest("event")
        if (not wanted or event["type"] in wanted)
        and (success is None or (event["pending_webhooks"] == 0) == success)
        and call.within(event)
    ]
    return objects.page_of(found, call.params, "/v1/events")
