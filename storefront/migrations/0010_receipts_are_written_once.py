"""What a receipt says is written on its order: for those that are paid, from what is known today.

Who bought is taken from their account, who sold from the settings, a code from its row. That may
not be what stood there on the day of the sale, but it is what every receipt has shown until now,
and from here on it stays.
"""

from django.db import migrations, models
from django.db.models import OuterRef, Q, Subquery

SELLER = {"name": "seller_name", "address": "seller_address", "tax_number": "seller_tax_number"}


def write_receipts(apps, schema_editor):
    Order = apps.get_model("storefront", "Order")
    Coupon = apps.get_model("storefront", "Coupon")
    Seller = apps.get_model("storefront", "Seller")
    User = apps.get_model("learners", "User")

    coupon = Coupon.objects.filter(pk=OuterRef("coupon"))
    Order.objects.exclude(coupon=None).update(
        coupon_code=Subquery(coupon.values("code")),
        coupon_percent=Subquery(coupon.values("percent_off")),
    )
    seller = Seller.objects.order_by("pk").first() or Seller()
    buyer = User.objects.filter(pk=OuterRef("buyer"))
    Order.objects.filter(status__in=("paid", "refunded")).update(
        buyer_name=Subquery(buyer.values("name")),
        buyer_email=Subquery(buyer.values("email")),
        **{field: getattr(seller, name) for name, field in SELLER.items()},
    )


class Migration(migrations.Migration):
    dependencies = [
        ("learners", "0004_language_of_mails"),
        ("storefront", "0009_returns"),
    ]

    operations = [
        migrations.AddField(
            "order",
            "buyer_email",
            models.EmailField(blank=True, max_length=254, verbose_name="buyer's e-mail"),
        ),
        migrations.AddField(
            "order",
            "buyer_name",
            models.CharField(blank=True, max_length=120, verbose_name="sold to"),
        ),
        migrations.AddField(
            "order", "coupon_code", models.CharField(blank=True, max_length=40, verbose_name="code")
        ),
        migrations.AddField(
            "order",
            "coupon_percent",
            models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="percent off"),
        ),
        migrations.AddField(
            "order",
            "seller_address",
            models.TextField(blank=True, max_length=500, verbose_name="seller's address"),
        ),
        migrations.AddField(
            "order",
            "seller_name",
            models.CharField(blank=True, max_length=120, verbose_name="sold by"),
        ),
        migrations.AddField(
            "order",
            "seller_tax_number",
            models.CharField(blank=True, max_length=40, verbose_name="seller's tax number"),
        ),
        migrations.RunPython(write_receipts, migrations.RunPython.noop),
        migrations.AddConstraint(
            "order",
            models.CheckConstraint(
                condition=~Q(status__in=("paid", "refunded"))
                | ~Q(seller_name="") & ~Q(buyer_email=""),
                name="receipt_names_both",
            ),
        ),
        migrations.AddConstraint(
            "seller",
            models.CheckConstraint(condition=~Q(name=""), name="seller_has_a_name"),
        ),
    ]
