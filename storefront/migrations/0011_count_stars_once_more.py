from django.db import migrations
from django.utils import timezone


def promise(apps, schema_editor):
    """Reviews of people who gave the course back do not count any more."""
    CatalogueEntry = apps.get_model("storefront", "CatalogueEntry")
    Promise = apps.get_model("courses", "Promise")
    reviewed = CatalogueEntry.objects.filter(rating_count__gt=0)
    Promise.objects.bulk_create(
        (
            Promise(
                key=f"counts:{course}",
                name="storefront.refresh_counts",
                arguments={"course_id": course},
                due_at=timezone.now(),
            )
            for course in reviewed.values_list("course_id", flat=True)
        ),
        ignore_conflicts=True,
    )


class Migration(migrations.Migration):
    dependencies = [
        ("courses", "0005_promises"),
        ("storefront", "0010_receipts_are_written_once"),
    ]

    operations = [
        migrations.RunPython(promise, migrations.RunPython.noop),
    ]
