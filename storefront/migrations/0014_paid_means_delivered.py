from django.db import migrations
from django.db.models import Exists, OuterRef

SALE = ["producer", "revenue", "tax"]


def tell_apart(apps, schema_editor):
    """Orders whose money bought nothing were marked as paid. The ledger knows: no sale is booked."""
    Order = apps.get_model("storefront", "Order")
    LedgerEntry = apps.get_model("storefront", "LedgerEntry")
    Payment = apps.get_model("storefront", "Payment")
    sold = LedgerEntry.objects.filter(order=OuterRef("pk"), account__in=SALE)
    declined = Order.objects.filter(~Exists(sold), status="refunded", total__gt=0)
    Payment.objects.filter(order__in=declined, status="succeeded").update(status="owed_back")
    declined.update(paid_at=None)


def tell_together(apps, schema_editor):
    Payment = apps.get_model("storefront", "Payment")
    Payment.objects.filter(status="owed_back").update(status="succeeded")


class Migration(migrations.Migration):
    dependencies = [
        ("storefront", "0013_payments_that_buy_nothing"),
    ]

    operations = [
        migrations.RunPython(tell_apart, tell_together),
    ]
