from django.db import migrations
from django.utils import timezone


def promise(apps, schema_editor):
    """Courses whose lead was closed or demoted before that took them off sale."""
    CourseTeamMember = apps.get_model("courses", "CourseTeamMember")
    Promise = apps.get_model("courses", "Promise")
    leads = CourseTeamMember.objects.filter(role="lead").order_by()
    lost = leads.filter(user__is_active=False) | leads.exclude(user__role__in=["producer", "admin"])
    Promise.objects.bulk_create(
        (
            Promise(
                key=f"entries-of:{person}",
                name="storefront.refresh_entries_of",
                arguments={"lead": str(person)},
                due_at=timezone.now(),
            )
            for person in lost.values_list("user_id", flat=True).distinct()
        ),
        ignore_conflicts=True,
    )


class Migration(migrations.Migration):
    dependencies = [
        ("courses", "0005_promises"),
        ("learners", "0001_user"),
        ("storefront", "0014_paid_means_delivered"),
    ]

    operations = [
        migrations.RunPython(promise, migrations.RunPython.noop),
    ]
