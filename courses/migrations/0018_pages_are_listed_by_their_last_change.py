"""The editor lists the courses of the catalogue by their last change, which stands in Wagtail's table."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("courses", "0017_pages_are_found_by_their_titles")]

    operations = [
        # Children of one page stand at one depth; in Wagtail's own order of them.
        migrations.RunSQL(
            "CREATE INDEX pages_by_change ON wagtailcore_page "
            "(depth, latest_revision_created_at DESC NULLS LAST)",
            "DROP INDEX pages_by_change",
        ),
    ]
