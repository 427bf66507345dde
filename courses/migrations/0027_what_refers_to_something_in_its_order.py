"""Pages of the admin about one thing read what they show, however much happened to it.

Wagtail's tables take no index of a model.
"""

from django.db import migrations

NAME = "COALESCE(REGEXP_REPLACE(name, '[^[:alnum:]]+', ' ', 'g'), '')"


class Migration(migrations.Migration):
    dependencies = [
        ("courses", "0026_pages_of_a_type_by_their_last_change"),
        ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes"),
    ]

    operations = [
        # Where a picture, a file or a category is used, a page of it at a time.
        migrations.RunSQL(
            "CREATE INDEX references_in_their_order ON wagtailcore_referenceindex "
            "(to_content_type_id, to_object_id, base_content_type_id, object_id)",
            "DROP INDEX references_in_their_order",
        ),
        # The history of one page.
        migrations.RunSQL(
            "CREATE INDEX history_of_a_page ON wagtailcore_pagelogentry (page_id, timestamp)",
            "DROP INDEX history_of_a_page",
        ),
        # Collections are found by their words, as ``courses.words.indexed.words_of`` says it.
        migrations.RunSQL(
            "CREATE INDEX collections_by_name ON wagtailcore_collection "
            f"USING gin (to_tsvector('simple'::regconfig, {NAME}))",
            "DROP INDEX collections_by_name",
        ),
    ]
