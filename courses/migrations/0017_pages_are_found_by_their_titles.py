"""Lists are narrowed to a course by the words of its title, which stands in Wagtail's table."""

from django.db import migrations

TITLE = "COALESCE(REGEXP_REPLACE(title, '[^[:alnum:]]+', ' ', 'g'), '')"


class Migration(migrations.Migration):
    dependencies = [
        ("courses", "0016_queue_and_decisions_in_their_order"),
        ("wagtailcore", "0001_initial"),
    ]

    operations = [
        # As ``courses.words.indexed.words_of`` says it; Wagtail's table takes no index of a model.
        migrations.RunSQL(
            "CREATE INDEX pages_by_title ON wagtailcore_page "
            f"USING gin (to_tsvector('simple'::regconfig, {TITLE}))",
            "DROP INDEX pages_by_title",
        ),
    ]
