"""Searches begin at the index of words, whose entries name their rows by a text."""

from django.db import migrations

ROWS = {
    "wagtailcore_page": "id",
    "courses_coursepage": "page_ptr_id",
    "courses_courseimage": "id",
    "courses_coursedocument": "id",
}


def index(table: str, key: str) -> migrations.RunSQL:
    # As ``modelsearch`` joins them; Wagtail's table takes no index of a model.
    return migrations.RunSQL(
        f"CREATE INDEX {table}_by_entry ON {table} (({key}::varchar(50)))",
        f"DROP INDEX {table}_by_entry",
    )


class Migration(migrations.Migration):
    dependencies = [
        ("courses", "0022_exports_are_written_by_a_worker"),
        ("wagtailcore", "0001_initial"),
    ]

    operations = [index(table, key) for table, key in ROWS.items()]
