"""An item of a release says how long its videos run, beside the minutes of all its work."""

import json

from django.db import migrations, models

AT_ONCE = 500


def fill(apps, schema_editor):
    """Read it from the pinned revisions of lessons with a video, a few at a time."""
    item_model = apps.get_model("courses", "ReleaseItem")
    items = (
        item_model.objects.filter(kind="lesson", content_type__in=["video", "mixed"])
        .select_related("revision")
        .only("pk", "revision__content")
        .order_by("pk")
    )
    changed = []
    for item in items.iterator(chunk_size=AT_ONCE):
        item.video_seconds = _seconds(item.revision.content.get("body") or "[]")
        changed.append(item)
        if len(changed) == AT_ONCE:
            item_model.objects.bulk_update(changed, ["video_seconds"])
            changed = []
    item_model.objects.bulk_update(changed, ["video_seconds"])


def _seconds(body):
    blocks = json.loads(body) if isinstance(body, str) else body
    videos = [block["value"] for block in blocks if block["type"] == "video"]
    return sum(video.get("duration") or 0 for video in videos)


class Migration(migrations.Migration):
    dependencies = [("courses", "0011_blocks_hold_more")]

    operations = [
        migrations.AddField(
            model_name="releaseitem",
            name="video_seconds",
            field=models.PositiveIntegerField(
                default=0,
                db_default=0,
                help_text="How long its videos run; the minutes are those of all its work.",
            ),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
