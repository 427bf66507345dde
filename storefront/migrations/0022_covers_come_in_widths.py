from django.db import migrations, models
from django.utils import timezone


def promise(apps, schema_editor):
    """Entries of before know their cover in one width."""
    if not apps.get_model("storefront", "CatalogueEntry").objects.exclude(cover_url="").exists():
        return
    Promise = apps.get_model("courses", "Promise")
    Promise.objects.bulk_create(
        [Promise(key="all-entries", name="storefront.refresh_all_entries", due_at=timezone.now())],
        ignore_conflicts=True,
    )


class Migration(migrations.Migration):
    dependencies = [
        ("courses", "0005_promises"),
        ("storefront", "0021_courses_are_counted_as_they_change"),
    ]

    operations = [
        migrations.AddField(
            model_name="catalogueentry",
            name="cover_srcset",
            field=models.CharField(
                blank=True,
                default="",
                help_text="The same picture in several widths.",
                max_length=500,
            ),
            preserve_default=False,
        ),
        migrations.RunPython(promise, migrations.RunPython.noop),
    ]
