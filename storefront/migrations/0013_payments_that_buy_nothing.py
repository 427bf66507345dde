from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("storefront", "0012_messages_are_reduced"),
    ]

    operations = [
        migrations.AlterField(
            model_name="payment",
            name="status",
            field=models.CharField(
                choices=[
                    ("open", "Open"),
                    ("succeeded", "Succeeded"),
                    ("owed_back", "Owed back"),
                    ("expired", "Expired"),
                    ("refunded", "Refunded"),
                ],
                default="open",
                max_length=10,
                verbose_name="status",
            ),
        ),
    ]
