import django.contrib.postgres.fields
from django.db import migrations, models
from django.utils import timezone


def promise(apps, schema_editor):
    """The words of what is shown stand first in the index, which knows languages and names now."""
    if not apps.get_model("storefront", "CatalogueEntry").objects.exists():
        return
    Promise = apps.get_model("courses", "Promise")
    Promise.objects.bulk_create(
        [Promise(key="all-entries", name="storefront.refresh_all_entries", due_at=timezone.now())],
        ignore_conflicts=True,
    )


class Migration(migrations.Migration):
    dependencies = [
        ("courses", "0021_releases_know_their_captions"),
        ("storefront", "0024_words_are_suggested"),
    ]

    operations = [
        migrations.AddField(
            model_name="catalogueentry",
            name="told",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.TextField(),
                blank=True,
                default=list,
                help_text="Lines that a search may show: outcomes, and the names of its parts.",
                size=None,
            ),
        ),
        migrations.RunPython(promise, migrations.RunPython.noop),
    ]
