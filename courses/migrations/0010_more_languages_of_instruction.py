"""Courses are taught in more languages than thirteen."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("courses", "0009_team_invitations")]

    operations = [
        migrations.AlterField(
            model_name="coursepage",
            name="language",
            field=models.CharField(
                choices=[
                    ("en", "English"),
                    ("de", "German"),
                    ("fr", "French"),
                    ("es", "Spanish"),
                    ("pt", "Portuguese"),
                    ("it", "Italian"),
                    ("nl", "Dutch"),
                    ("pl", "Polish"),
                    ("cs", "Czech"),
                    ("hu", "Hungarian"),
                    ("ro", "Romanian"),
                    ("sv", "Swedish"),
                    ("da", "Danish"),
                    ("nb", "Norwegian"),
                    ("fi", "Finnish"),
                    ("el", "Greek"),
                    ("tr", "Turkish"),
                    ("ru", "Russian"),
                    ("uk", "Ukrainian"),
                    ("ar", "Arabic"),
                    ("he", "Hebrew"),
                    ("fa", "Persian"),
                    ("ur", "Urdu"),
                    ("hi", "Hindi"),
                    ("bn", "Bengali"),
                    ("ta", "Tamil"),
                    ("th", "Thai"),
                    ("vi", "Vietnamese"),
                    ("id", "Indonesian"),
                    ("zh", "Chinese"),
                    ("ja", "Japanese"),
                    ("ko", "Korean"),
                ],
                default="en",
                max_length=2,
                verbose_name="language",
            ),
        ),
    ]
