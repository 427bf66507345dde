from django.db import migrations
from django.utils import timezone


def promise(apps, schema_editor):
    """Courses were indexed under other words, and their minutes counted by spaces alone."""
    if not apps.get_model("storefront", "CatalogueEntry").objects.exists():
        return
    Promise = apps.get_model("courses", "Promise")
    Promise.objects.bulk_create(
        [Promise(key="all-entries", name="storefront.refresh_all_entries", due_at=timezone.now())],
        ignore_conflicts=True,
    )


class Migration(migrations.Migration):
    dependencies = [
        ("courses", "0005_promises"),
        ("storefront", "0017_receipts_of_before_are_of_utc"),
    ]

    operations = [migrations.RunPython(promise, migrations.RunPython.noop)]
