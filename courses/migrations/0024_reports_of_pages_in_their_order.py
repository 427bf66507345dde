"""Reports of locked and of ageing pages read what they show.

Wagtail's table takes no index of a model.
"""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("courses", "0023_index_entries_lead_to_their_rows"),
        ("wagtailcore", "0001_initial"),
    ]

    operations = [
        migrations.RunSQL(
            "CREATE INDEX pages_locked ON wagtailcore_page (id) WHERE locked",
            "DROP INDEX pages_locked",
        ),
        migrations.RunSQL(
            "CREATE INDEX pages_by_publication ON wagtailcore_page (last_published_at) "
            "WHERE last_published_at IS NOT NULL",
            "DROP INDEX pages_by_publication",
        ),
    ]
