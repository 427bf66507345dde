from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("storefront", "0015_closed_leads_leave_the_shop")]

    operations = [
        migrations.AddField(
            model_name="order",
            name="zone",
            field=models.CharField(
                blank=True,
                db_default="",
                default="",
                editable=False,
                max_length=64,
                verbose_name="time zone",
            ),
        ),
    ]
