"""The test cards that the checkout page offers, and what each of them answers.

Numbers and declines are Stripe's own: https://docs.stripe.com/testing#declined-payments.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Card:
    number: str
    brand: str
    says: str
    code: str | None = None
    decline_code: str | None = None
    message: str | None = None

    @property
    def pays(self) -> bool:
        return self.code is None

    @property
    def last4(self) -> str:
        return self.number[-4:]

    def details(self) -> dict:
        """``payment_method_details.card`` of a charge."""
        return {
            "amount_authorized": None,
            "authorization_code": None,
            "brand": self.brand,
            "checks": {
                "address_line1_check": None,
                "address_postal_code_check": None,
                "cvc_check": "pass",
            },
            "country": "US",
            "exp_month": 12,
            "exp_year": 2034,
            "fingerprint": f"stripesim{self.last4}",
            "funding": "credit",
            "installments": None,
            "last4": self.last4,
            "mandate": None,
            "network": self.brand,
            "network_token": {"used": False},
            "network_transaction_id": None,
            "regulated_status": "unregulated",
            "three_d_secure": None,
            "wallet": None,
        }


CARDS = {
    card.number: card
    for card in (
        Card("4242424242424242", "visa", "pays"),
        Card("5555555555554444", "mastercard", "pays"),
        Card(
            "4000000000000002",
            "visa",
            "is declined",
            "card_declined",
            "generic_decline",
            "Your card was declined.",
        ),
        Card(
            "4000000000009995",
            "visa",
            "has too little money",
            "card_declined",
            "insufficient_funds",
            "Your card has insufficient funds.",
        ),
        Card(
            "4000000000000069",
            "visa",
            "has expired",
            "expired_card",
            None,
            "Your card has expired.",
        ),
    )
}
