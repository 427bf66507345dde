"""Orders keep the rule for returns that was shown when they were made."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("storefront", "0006_coupons_end_after_they_start")]

    operations = [
        migrations.AddField(
            model_name="order",
            name="return_days",
            field=models.PositiveSmallIntegerField(
                default=0, editable=False, verbose_name="days to return a course"
            ),
        ),
        migrations.AddField(
            model_name="order",
            name="return_below_percent",
            field=models.PositiveSmallIntegerField(
                default=1, editable=False, verbose_name="studied less than (percent)"
            ),
        ),
    ]
