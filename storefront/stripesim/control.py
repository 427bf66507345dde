"""The control room: what a test or a curious developer may order, under ``/_sim/``.

JSON in, JSON out, with the same API key as everything else. Nothing here exists at Stripe.
"""

from concurrent.futures import ThreadPoolExecutor

from . import sessions
from .cards import CARDS
from .errors import ApiError, no_such
from .faults import Rule
from .parts import Parts


def faults(sim: Parts, order: dict) -> dict:
    """``{"rules": [{"where", "what", "times", "seconds", "count"}]}``; an empty list clears."""
    try:
        rules = [Rule(**rule) for rule in order.get("rules", [])]
    except (TypeError, ValueError) as error:
        raise ApiError(400, str(error)) from error
    if not rules:
        sim.faults.clear()
    for rule in rules:
        sim.faults.add(rule)
    return {"rules": sim.faults.waiting()}


def clock(sim: Parts, order: dict) -> dict:
    """``{"advance": seconds}``: sessions expire, retries fall due, keys are forgotten."""
    now = sim.clock.advance(int(order["advance"])) if order else sim.clock.now()
    sessions.sweep(sim)
    sim.webhooks.wake()
    return {"now": now}


def endpoint(sim: Parts, order: dict) -> dict:
    """``{"url", "secret"}``: where webhooks go. A null url keeps them waiting."""
    sim.webhooks.url = order.get("url")
    sim.webhooks.secret = order.get("secret", sim.webhooks.secret)
    sim.webhooks.wake()
    return {"url": sim.webhooks.url}


def pay(sim: Parts, order: dict) -> dict:
    """``{"session", "card"}``: what the hosted page's button does, without a browser."""
    card = CARDS.get(order.get("card", "4242424242424242"))
    if not card:
        raise ApiError(400, "No such test card.")
    return sessions.public(sessions.pay(sim, order["session"], card))


def deliver(sim: Parts, order: dict) -> dict:
    """Send an event now: ``{"event", "times", "parallel", "age", "forged", "tampered"}``.

    Returns ``{"answers": [200, …]}``, one HTTP status each, 0 where nobody answered.
    """
    event = sim.store.get(order["event"], "event")
    if not event:
        raise no_such("event", order["event"])
    times, how = (
        order.get("times", 1),
        {
            "age": order.get("age", 0),
            "forged": order.get("forged", False),
            "tampered": order.get("tampered", False),
        },
    )
    with ThreadPoolExecutor(max_workers=times if order.get("parallel") else 1) as pool:
        answers = list(pool.map(lambda _: sim.webhooks.send(event, **how), range(times)))
    return {"answers": answers}


def release(sim: Parts, order: dict) -> dict:
    """``{"events": [ids in the order wanted]}``, or nothing for all that are held."""
    return {"answers": sim.webhooks.release(order.get("events"))}


def settle(sim: Parts, order: dict) -> dict:
    """Wait until no delivery is due or under way: ``{"timeout": seconds}``."""
    return {"settled": sim.webhooks.settle(float(order.get("timeout", 10)))}


def deliveries(sim: Parts, order: dict) -> dict:
    return {"deliveries": sim.webhooks.states()}


def events(sim: Parts, order: dict) -> dict:
    """Everything that happened, oldest first."""
    return {"events": sim.store.newest("event")[::-1]}


def requests(sim: Parts, order: dict) -> dict:
    return {"requests": list(sim.requests)}


def reset(sim: Parts, order: dict) -> dict:
    """Forget everything, faults and the moved clock included."""
    sim.store.clear()
    sim.faults.clear()
    sim.clock.ahead = 0
    sim.requests.clear()
    return {"reset": True}


ORDERS = {
    "faults": faults,
    "clock": clock,
    "endpoint": endpoint,
    "pay": pay,
    "deliver": deliver,
    "release": release,
    "settle": settle,
    "deliveries": deliveries,
    "events": events,
    "requests": requests,
    "reset": reset,
}


def obey(sim: Parts, name: str, order: dict) -> dict:
    """Do what an order says. Raises ApiError for an order nobody knows."""
    if name not in ORDERS:
        raise ApiError(404, f"No such order: {name}. Known: {', '.join(ORDERS)}.")
    try:
        return ORDERS[name](sim, order)
    except KeyError as missing:
        raise ApiError(400, f"The order lacks {missing}.") from missing
