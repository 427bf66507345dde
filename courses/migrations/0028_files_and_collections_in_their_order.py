"""Lists of files read what they show, and the root of collections is found at once."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("courses", "0027_what_refers_to_something_in_its_order")]

    operations = [
        migrations.AddIndex(
            model_name="coursedocument",
            index=models.Index(fields=["title"], name="documents_by_title"),
        ),
        migrations.AddIndex(
            model_name="coursedocument",
            index=models.Index(fields=["created_at"], name="documents_by_day"),
        ),
        # Every upload form asks for the root; Wagtail's table takes no index of a model.
        migrations.RunSQL(
            "CREATE INDEX collections_by_depth ON wagtailcore_collection (depth, path)",
            "DROP INDEX collections_by_depth",
        ),
    ]
