from django.db import migrations
from django.utils import timezone


def promise(apps, schema_editor):
    """Pictures of what is released were made when somebody asked for one, in another format."""
    if not apps.get_model("courses", "ReleaseItem").objects.exclude(media=[]).exists():
        return
    Promise = apps.get_model("courses", "Promise")
    Promise.objects.bulk_create(
        [Promise(key="sizes:all", name="courses.make_sizes", due_at=timezone.now())],
        ignore_conflicts=True,
    )


class Migration(migrations.Migration):
    dependencies = [("courses", "0019_last_decisions_are_found")]

    operations = [migrations.RunPython(promise, migrations.RunPython.noop)]
