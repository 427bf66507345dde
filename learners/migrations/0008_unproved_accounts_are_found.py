from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("learners", "0007_follow_releases_once_more"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="user",
            index=models.Index(
                condition=models.Q(("last_login", None)),
                fields=["created_at"],
                name="users_never_signed_in",
            ),
        ),
    ]
