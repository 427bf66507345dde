from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("learners", "0017_applications_are_taken_back"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="producerapplication",
            index=models.Index(
                condition=models.Q(("decided_at__isnull", False)),
                fields=["-decided_at", "-id"],
                name="applications_answered_last",
            ),
        ),
    ]
