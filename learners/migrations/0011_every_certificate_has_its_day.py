from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("learners", "0010_certificates_keep_the_day_they_showed")]

    operations = [
        migrations.AlterField(
            model_name="certificate",
            name="issued_on",
            field=models.DateField(verbose_name="issued on"),
        ),
    ]
