from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("courses", "0015_teams_hear_of_comments")]

    operations = [
        migrations.AddIndex(
            model_name="courserelease",
            index=models.Index(
                condition=models.Q(("decided_at__isnull", False)),
                fields=["-decided_at"],
                name="releases_decided",
            ),
        ),
    ]
