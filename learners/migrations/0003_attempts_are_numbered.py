"""Attempts at a quiz are counted; two may share an instant, and clocks are set back."""

from django.db import migrations, models

# The order that was shown until now.
NUMBER = """
UPDATE learners_quizattempt AS attempt SET number = counted.number
FROM (
    SELECT id, row_number() OVER (
        PARTITION BY enrollment_id, lesson_id ORDER BY created_at, id
    ) AS number
    FROM learners_quizattempt
) AS counted
WHERE counted.id = attempt.id
"""


class Migration(migrations.Migration):
    dependencies = [("learners", "0002_studying")]

    operations = [
        migrations.AddField(
            model_name="quizattempt",
            name="number",
            field=models.PositiveIntegerField(default=0, help_text="Counted from 1 up."),
            preserve_default=False,
        ),
        migrations.RunSQL(NUMBER, migrations.RunSQL.noop),
        # Deferred checks of the rows just written would forbid to alter their table.
        migrations.RunSQL("SET CONSTRAINTS ALL IMMEDIATE", "SET CONSTRAINTS ALL IMMEDIATE"),
        migrations.AddConstraint(
            model_name="quizattempt",
            constraint=models.UniqueConstraint(
                fields=("enrollment", "lesson", "number"), name="one_attempt_per_number"
            ),
        ),
        migrations.RemoveIndex(model_name="quizattempt", name="latest_attempt"),
        migrations.AlterModelOptions(
            name="producerapplication",
            options={
                "verbose_name": "producer application",
                "verbose_name_plural": "producer applications",
                "ordering": ["-created_at", "-pk"],
            },
        ),
        migrations.AlterModelOptions(
            name="certificate",
            options={
                "verbose_name": "certificate",
                "verbose_name_plural": "certificates",
                "ordering": ["-number"],
            },
        ),
    ]
