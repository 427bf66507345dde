"""Calls of Stripe's own SDK to the local Stripe."""

import stripe

from tests.fixtures.stripe import KEY

stripe.enable_telemetry = False


def sdk(url, key=KEY):
    return stripe.StripeClient(key, base_addresses={"api": url}, max_network_retries=0)


def wanted(amount=2400, **more) -> dict:
    return {
        "mode": "payment",
        "success_url": "https://shop.example/thanks?session={CHECKOUT_SESSION_ID}",
        "cancel_url": "https://shop.example/no",
        "line_items": [
            {
                "quantity": 1,
                "price_data": {
                    "currency": "eur",
                    "unit_amount": amount,
                    "product_data": {"name": "Käsin ommellen – «Ä»"},
                },
            }
        ],
        **more,
    }
