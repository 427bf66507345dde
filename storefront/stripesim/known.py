"""Payments that were made before stripesim started: those of a demo, named in a JSON file.

A list of ``{"session", "payment_intent", "amount", "currency", "order", "title", "email"}``,
the amount in minor units. They become complete sessions that can be read and refunded like
any other. What is known already is left as it is, and nothing is announced by webhook.
"""

import json
from pathlib import Path

from . import objects
from .cards import CARDS
from .parts import Parts

CARD = next(iter(CARDS.values()))


def learn(sim: Parts, file: Path | None) -> int:
    """Take in what the file names; how many payments were new. A missing file names none."""
    if not file or not file.exists():
        return 0
    new = 0
    for payment in json.loads(file.read_text(encoding="utf-8")):
        with sim.store.transaction():
            if not sim.store.get(payment["payment_intent"]):
                _add(sim, payment)
                new += 1
    return new


def _add(sim: Parts, payment: dict) -> None:
    now, metadata = sim.clock.now(), {"order": payment["order"]}
    line = {
        "quantity": 1,
        "price_data": {
            "currency": payment["currency"],
            "unit_amount": payment["amount"],
            "product_data": {"name": payment["title"]},
        },
    }
    params = {"success_url": sim.public_url, "metadata": metadata}
    params |= {"client_reference_id": payment["order"], "customer_email": payment["email"]}
    items = [objects.item(line, now=now)]
    session = objects.session(params, items=items, now=now, public_url=sim.public_url)
    session |= {
        "id": payment["session"],
        "payment_intent": payment["payment_intent"],
        "payment_status": "paid",
        "status": "complete",
        "url": None,
    }
    intent = objects.payment_intent(session, {"metadata": metadata}, now=now)
    intent |= {
        "id": payment["payment_intent"],
        "amount_received": intent["amount"],
        "status": "succeeded",
    }
    charge = objects.charge(intent, card=CARD.details(), email=payment["email"], now=now)
    intent["latest_charge"] = charge["id"]
    for made in (session | {"_items": items, "_intent": None}, intent, charge):
        sim.store.insert(made)
