import json

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
from django.conf import settings
from django.db import migrations, models

# What choosers are called in blocks and fields, and the model each chooses from.
CHOOSERS = {
    "image": "courseimage",
    "thumbnail": "courseimage",
    "file": "coursedocument",
}


def note_media(apps, schema_editor):
    """Fill in releases made before, from the content they pinned."""
    items = apps.get_model("courses", "ReleaseItem").objects
    for item in items.select_related("revision").iterator(chunk_size=200):
        content = item.revision.content
        pinned = [json.loads(content.get("body") or "[]"), {"thumbnail": content.get("thumbnail")}]
        if keys := sorted(set(keys_in(pinned))):
            items.filter(pk=item.pk).update(media=keys)


def keys_in(value):
    if isinstance(value, list):
        for part in value:
            yield from keys_in(part)
    elif isinstance(value, dict):
        for name, part in value.items():
            if name in CHOOSERS and isinstance(part, int):
                yield f"{CHOOSERS[name]}:{part}"
            else:
                yield from keys_in(part)


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
