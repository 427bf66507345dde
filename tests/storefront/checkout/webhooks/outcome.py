"""What the shop has come to when all messages are in."""

from courses.models import OutboxMail
from learners.models import Enrollment
from storefront.models import Order, Refund, WebhookEvent
from tests.storefront.shop import balances


def state_of_the_world() -> dict:
    """The end state, without what differs from one telling of the story to the next."""
    return {
        "order": Order.objects.get().status,
        "payment": Order.objects.get().payments.get().status,
        "refunds": sorted(Refund.objects.values_list("status", "amount")),
        "ledger": balances(),
        "enrollment": Enrollment.objects.get().status,
        "mails": sorted(
            key.split(":")[0] for key in OutboxMail.objects.values_list("key", flat=True)
        ),
        "events": set(WebhookEvent.objects.values_list("status", flat=True)),
    }
