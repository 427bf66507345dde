from django.db import migrations
from django.db.models import F


def switch_off(apps, schema_editor):
    """Nobody could ever use them. One date must go; switched off, they stay unusable."""
    Coupon = apps.get_model("storefront", "Coupon")
    never = Coupon.objects.filter(valid_from__gte=F("valid_until"))
    never.update(active=False, valid_from=None)


class Migration(migrations.Migration):
    dependencies = [
        ("storefront", "0004_seller"),
    ]

    operations = [
        migrations.RunPython(switch_off, migrations.RunPython.noop),
    ]
