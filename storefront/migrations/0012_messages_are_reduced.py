from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("storefront", "0011_count_stars_once_more"),
    ]

    operations = [
        migrations.AddField(
            model_name="webhookevent",
            name="reduced_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="reduced at"),
        ),
        migrations.AddIndex(
            model_name="webhookevent",
            index=models.Index(
                condition=models.Q(("reduced_at", None), ("status__in", ["handled", "ignored"])),
                fields=["handled_at"],
                name="webhooks_to_reduce",
            ),
        ),
    ]
