from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("learners", "0008_unproved_accounts_are_found")]

    operations = [
        migrations.AddField(
            model_name="user",
            name="time_zone",
            field=models.CharField(
                blank=True, db_default="", default="", max_length=64, verbose_name="time zone"
            ),
        ),
        migrations.AddField(
            model_name="certificate",
            name="issued_on",
            field=models.DateField(null=True, verbose_name="issued on"),
        ),
    ]
