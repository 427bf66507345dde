"""The pattern of a category's covers was called its room, a word that means something else."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("courses", "0005_promises")]

    operations = [
        migrations.RenameField(model_name="category", old_name="room", new_name="pattern"),
        migrations.AlterField(
            model_name="category",
            name="pattern",
            field=models.CharField(
                choices=[
                    ("science", "Contours"),
                    ("design", "Discs"),
                    ("languages", "Leaves"),
                    ("writing", "Letters"),
                    ("data", "Tiles"),
                    ("music", "Ripples"),
                    ("business", "Towers"),
                    ("craft", "Quilt"),
                ],
                default="science",
                max_length=12,
                verbose_name="pattern",
            ),
        ),
    ]
