from django.db import migrations
from django.db.models import Count, OuterRef, Subquery

SHOWN = ("current", "superseded")


def count_what_was_shown(apps, schema_editor):
    releases = apps.get_model("courses", "CourseRelease").objects.filter(status__in=SHOWN)
    up_to_it = (
        releases.filter(course=OuterRef("course"), number__lte=OuterRef("number"))
        .order_by()
        .values("course")
        .annotate(counted=Count("pk"))
        .values("counted")
    )
    releases.update(shown_number=Subquery(up_to_it))


class Migration(migrations.Migration):
    dependencies = [("courses", "0036_releases_count_what_learners_saw")]

    operations = [migrations.RunPython(count_what_was_shown, migrations.RunPython.noop)]
