from django.db import migrations, models
from django.utils import timezone


def promise_the_first(apps, schema_editor):
    """Of a site that has courses already; a new one is promised it when it is founded."""
    if apps.get_model("storefront", "CatalogueEntry").objects.exists():
        apps.get_model("courses", "Promise").objects.get_or_create(
            key="sitemap", defaults={"name": "home.sitemap", "due_at": timezone.now()}
        )


class Migration(migrations.Migration):
    dependencies = [
        ("home", "0003_pages_say_what_is_set"),
        ("courses", "0019_last_decisions_are_found"),
        ("storefront", "0021_courses_are_counted_as_they_change"),
    ]

    operations = [
        migrations.CreateModel(
            name="SitemapPart",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("section", models.CharField(max_length=20)),
                ("number", models.PositiveIntegerField()),
                ("body", models.TextField()),
                ("changed_at", models.DateTimeField(blank=True, null=True)),
                ("made_at", models.DateTimeField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("section", "number"), name="one_part_of_a_number"
                    )
                ],
            },
        ),
        migrations.RunPython(promise_the_first, migrations.RunPython.noop),
    ]
