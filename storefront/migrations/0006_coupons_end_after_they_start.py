import django.core.validators
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("storefront", "0005_switch_off_coupons_that_end_before_they_start"),
    ]

    operations = [
        migrations.AlterField(
            model_name="coupon",
            name="max_uses",
            field=models.PositiveIntegerField(
                blank=True,
                help_text="Empty: no limit.",
                null=True,
                validators=[django.core.validators.MinValueValidator(1)],
                verbose_name="max uses",
            ),
        ),
        migrations.AddConstraint(
            model_name="coupon",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("valid_from", None),
                    ("valid_until", None),
                    ("valid_from__lt", models.F("valid_until")),
                    _connector="OR",
                ),
                name="coupon_ends_after_it_starts",
                violation_error_message="A code ends after it starts.",
            ),
        ),
    ]
