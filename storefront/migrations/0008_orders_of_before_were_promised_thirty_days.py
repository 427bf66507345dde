"""Until now every page said thirty days, and less than half."""

from django.db import migrations

PROMISED = "UPDATE storefront_order SET return_days = 30, return_below_percent = 50"


class Migration(migrations.Migration):
    dependencies = [("storefront", "0007_orders_promise_a_rule")]

    operations = [migrations.RunSQL(PROMISED, migrations.RunSQL.noop)]
