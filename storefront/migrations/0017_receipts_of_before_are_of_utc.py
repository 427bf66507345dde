"""Receipts written before told their hours by UTC, and the last day to return by its days."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def keep(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    orders = apps.get_model("storefront", "Order").objects.filter(zone="")
    orders.exclude(seller_name="").update(zone="UTC")


class Migration(migrations.Migration):
    dependencies = [("storefront", "0016_receipts_have_a_clock")]

    operations = [migrations.RunPython(keep, migrations.RunPython.noop, elidable=True)]
