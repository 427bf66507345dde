"""The list of people reads what it shows, in its order and as its filters narrow it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("learners", "0013_lists_in_their_order")]

    operations = [
        migrations.AddIndex(
            model_name="user",
            index=models.Index(fields=["name", "id"], name="users_listed"),
        ),
        migrations.AddIndex(
            model_name="user",
            index=models.Index(fields=["role", "name", "id"], name="users_by_role"),
        ),
        migrations.AddIndex(
            model_name="user",
            index=models.Index(
                condition=models.Q(("is_active", False)),
                fields=["name", "id"],
                name="users_closed",
            ),
        ),
        migrations.AddIndex(
            model_name="user",
            index=models.Index(fields=["last_login"], name="users_by_last_login"),
        ),
    ]
