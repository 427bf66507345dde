from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("learners", "0003_attempts_are_numbered")]

    operations = [
        migrations.AddField(
            model_name="user",
            name="language",
            field=models.CharField(
                blank=True,
                db_default="",
                default="",
                editable=False,
                max_length=16,
            ),
        ),
    ]
