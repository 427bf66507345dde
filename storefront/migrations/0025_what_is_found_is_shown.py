import django.contrib.postgres.fields
from django.db import migrations, models
from django.utils import timezone

# A search looks through the words of hundreds of courses; what lies in another table is
# fetched and unpacked one by one. As they are written anew they stay where they are asked for.
INLINE = "ALTER TABLE storefront_catalogueentry SET (toast_tuple_target = 8160)"
NOT_INLINE = "ALTER TABLE storefront_catalogueentry RESET (toast_tuple_target)"


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
        migrations.RunSQL(INLINE, NOT_INLINE),
        migrations.RunPython(promise, migrations.RunPython.noop),
    ]
