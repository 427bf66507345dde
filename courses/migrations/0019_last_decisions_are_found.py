from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("courses", "0018_pages_are_listed_by_their_last_change")]

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
