"""Rows of one instant have an order too. Nothing changes in the database."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("storefront", "0002_append_only_ledger")]

    operations = [
        migrations.AlterModelOptions(
            name="order",
            options={
                "ordering": ["-created_at", "-number"],
                "verbose_name": "order",
                "verbose_name_plural": "orders",
            },
        ),
        migrations.AlterModelOptions(
            name="payment",
            options={
                "ordering": ["-created_at", "-pk"],
                "verbose_name": "payment",
                "verbose_name_plural": "payments",
            },
        ),
        migrations.AlterModelOptions(
            name="refund",
            options={
                "ordering": ["-created_at", "-pk"],
                "verbose_name": "refund",
                "verbose_name_plural": "refunds",
            },
        ),
        migrations.AlterModelOptions(
            name="webhookevent",
            options={
                "ordering": ["-pk"],
                "verbose_name": "webhook event",
                "verbose_name_plural": "webhook events",
            },
        ),
    ]
