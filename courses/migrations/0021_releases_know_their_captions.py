import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("courses", "0020_pictures_are_made_ahead")]

    operations = [
        migrations.AddField(
            model_name="releaseitem",
            name="captions",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=12),
                blank=True,
                help_text="Languages in which all of its films have captions; nothing without a film.",
                null=True,
                size=None,
            ),
        ),
    ]
