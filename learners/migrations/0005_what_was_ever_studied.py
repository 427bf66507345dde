"""What was ever studied is kept beside what stands as done now."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("learners", "0004_language_of_mails")]

    operations = [
        migrations.AddField(
            model_name="lessonprogress",
            name="first_completed_at",
            field=models.DateTimeField(
                blank=True, editable=False, null=True, verbose_name="first completed at"
            ),
        ),
        migrations.AddField(
            model_name="enrollment",
            name="studied_percent",
            field=models.PositiveSmallIntegerField(
                default=0,
                editable=False,
                help_text="How much of the course was ever done. It never falls.",
                verbose_name="studied (percent)",
            ),
        ),
        migrations.AddConstraint(
            model_name="enrollment",
            constraint=models.CheckConstraint(
                condition=models.Q(("studied_percent__lte", 100)), name="studied_at_most_all"
            ),
        ),
    ]
