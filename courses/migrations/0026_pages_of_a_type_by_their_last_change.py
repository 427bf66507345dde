"""The report of page types, and the list of pages of one, read what they show.

Wagtail's table takes no index of a model.
"""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("courses", "0025_workflow_reports_in_their_order"),
        ("wagtailcore", "0001_initial"),
    ]

    operations = [
        migrations.RunSQL(
            "CREATE INDEX pages_of_a_type_by_change ON wagtailcore_page "
            "(content_type_id, latest_revision_created_at DESC NULLS LAST, id DESC)",
            "DROP INDEX pages_of_a_type_by_change",
        ),
    ]
