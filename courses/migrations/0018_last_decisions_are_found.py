from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("courses", "0017_pages_are_found_by_their_titles")]

    operations = [
        migrations.AddIndex(
            model_name="courserelease",
            index=models.Index(
                condition=models.Q(("decided_at__isnull", False)),
                fields=["-decided_at"],
                name="releases_decided_last",
            ),
        ),
    ]
