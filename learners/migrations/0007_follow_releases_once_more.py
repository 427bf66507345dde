from django.db import migrations
from django.utils import timezone


def promise(apps, schema_editor):
    """Who had bought a course again could be left behind its release: all are counted once more."""
    Enrollment = apps.get_model("learners", "Enrollment")
    Promise = apps.get_model("courses", "Promise")
    courses = Enrollment.objects.order_by().values_list("course_id", flat=True).distinct()
    Promise.objects.bulk_create(
        (
            Promise(
                key=f"follow:{course}",
                name="learners.follow_release",
                arguments={"course_id": course},
                due_at=timezone.now(),
            )
            for course in courses
        ),
        ignore_conflicts=True,
    )


class Migration(migrations.Migration):
    dependencies = [
        ("courses", "0005_promises"),
        ("learners", "0006_fill_what_was_studied"),
    ]

    operations = [
        migrations.RunPython(promise, migrations.RunPython.noop),
    ]
