import json

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
from django.conf import settings
from django.db import migrations, models


def note_media(apps, schema_editor):
    """Fill in releases made before: every number in them that is the id of a file.

    A number may mean seconds as well as a file. Holding a file too many is the safe side, and
    an admin may still delete it.
    """
    files = {
        name: set(apps.get_model("courses", name).objects.values_list("pk", flat=True))
        for name in ("courseimage", "coursedocument")
    }
    items = apps.get_model("courses", "ReleaseItem").objects
    for item in items.select_related("revision").iterator(chunk_size=200):
        content = item.revision.content
        body = json.loads(content.get("body") or "[]")
        numbers = set(numbers_in([body, content.get("thumbnail")]))
        keys = {f"{name}:{pk}" for name, ids in files.items() for pk in numbers & ids}
        if keys:
            items.filter(pk=item.pk).update(media=sorted(keys))


def numbers_in(value):
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        for part in value:
            yield from numbers_in(part)
    elif isinstance(value, int) and not isinstance(value, bool):
        yield value


class Migration(migrations.Migration):
    dependencies = [
        ("courses", "0003_a_new_question_has_two_options"),
        ("wagtailcore", "0098_apitoken"),
        migrations.swappable_dependency(settings.WAGTAIL_PAGE_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="releaseitem",
            name="media",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=40),
                blank=True,
                default=list,
                help_text="The images and documents it refers to, as “courseimage:12”.",
                size=None,
            ),
        ),
        migrations.RunPython(note_media, migrations.RunPython.noop),
        migrations.AddIndex(
            model_name="releaseitem",
            index=django.contrib.postgres.indexes.GinIndex(
                fields=["media"], name="release_items_by_media"
            ),
        ),
    ]
