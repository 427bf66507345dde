from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("courses", "0006_categories_have_a_pattern")]

    operations = [
        migrations.AddField(
            "outboxmail", "reply_to", models.EmailField(blank=True, max_length=254)
        ),
    ]
