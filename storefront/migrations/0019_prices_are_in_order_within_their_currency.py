from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("courses", "0014_lessons_hold_formulas_and_tables"),
        ("storefront", "0018_words_are_found_again"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name="catalogueentry",
            name="catalogue_priced",
        ),
        migrations.AddField(
            model_name="catalogueentry",
            name="price_group",
            field=models.GeneratedField(
                db_persist=True,
                expression=models.Case(
                    models.When(price=0, then=models.Value("0")),
                    models.When(currency="EUR", then=models.Value("1")),
                    default=models.F("currency"),
                ),
                output_field=models.CharField(max_length=3),
            ),
        ),
        migrations.AddIndex(
            model_name="catalogueentry",
            index=models.Index(
                condition=models.Q(("listed", True)),
                fields=["price_group", "price", "course"],
                name="catalogue_priced",
            ),
        ),
    ]
