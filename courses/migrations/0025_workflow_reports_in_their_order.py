"""Reports of workflows read what they show; Wagtail's tables take no index of a model."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("courses", "0024_reports_of_pages_in_their_order"),
        ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes"),
    ]

    operations = [
        migrations.RunSQL(
            "CREATE INDEX workflows_begun_last ON wagtailcore_workflowstate (created_at)",
            "DROP INDEX workflows_begun_last",
        ),
        migrations.RunSQL(
            "CREATE INDEX tasks_begun_last ON wagtailcore_taskstate (started_at)",
            "DROP INDEX tasks_begun_last",
        ),
    ]
