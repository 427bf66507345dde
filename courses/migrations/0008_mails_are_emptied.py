from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("courses", "0007_mail_has_an_address_for_answers"),
    ]

    operations = [
        migrations.AddField(
            model_name="outboxmail",
            name="emptied_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddIndex(
            model_name="outboxmail",
            index=models.Index(
                condition=models.Q(("emptied_at", None)),
                fields=["created_at"],
                name="outbox_mail_whole",
            ),
        ),
    ]
