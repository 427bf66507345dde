"""The report of ageing pages turns through pages of one release in the same order each time."""

from django.db import migrations

BY_PUBLICATION = (
    "CREATE INDEX pages_by_publication ON wagtailcore_page ({columns}) "
    "WHERE last_published_at IS NOT NULL"
)


class Migration(migrations.Migration):
    dependencies = [
        ("courses", "0032_large_courses_are_copied_by_a_worker"),
    ]

    operations = [
        migrations.RunSQL(
            "DROP INDEX pages_by_publication", BY_PUBLICATION.format(columns="last_published_at")
        ),
        migrations.RunSQL(
            BY_PUBLICATION.format(columns="last_published_at, id"),
            "DROP INDEX pages_by_publication",
        ),
    ]
