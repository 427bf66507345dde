"""Rows of one instant have an order too. Nothing changes in the database."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("storefront", "0002_append_only_ledger")]

    operations = [
        migrations.AlterModelOptions(
            name="order", options={"ordering": ["-created_at", "-number"]}
        ),
        migrations.AlterModelOptions(name="payment", options={"ordering": ["-created_at", "-pk"]}),
        migrations.AlterModelOptions(name="refund", options={"ordering": ["-created_at", "-pk"]}),
        migrations.AlterModelOptions(name="webhookevent", options={"ordering": ["-pk"]}),
    ]
