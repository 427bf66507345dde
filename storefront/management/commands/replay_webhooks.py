"""``manage.py replay_webhooks``: act again on Stripe's messages that failed.

Without arguments, all that failed or were received and never finished; with event ids, those.
Harmless to repeat: what was done is not done twice.
"""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from storefront.checkout.webhooks import replay
from storefront.models import WebhookEvent, WebhookStatus


class Command(BaseCommand):
    help = "Act again on Stripe's messages that failed."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("event_ids", nargs="*", metavar="evt_…")

    def handle(self, *args: Any, event_ids: list[str], **options: Any) -> None:
        events = WebhookEvent.objects.filter(
            status__in=(WebhookStatus.FAILED, WebhookStatus.RECEIVED)
        )
        if event_ids:
            events = WebhookEvent.objects.filter(event_id__in=event_ids)
            if missing := set(event_ids) - set(events.values_list("event_id", flat=True)):
                raise CommandError(f"No such event: {', '.join(sorted(missing))}")
        worked, failed = replay(events=events)
        self.stdout.write(f"{worked} done, {failed} failed.")
