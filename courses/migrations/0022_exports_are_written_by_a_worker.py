import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("courses", "0021_releases_know_their_captions"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Export",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("title", models.CharField(max_length=255)),
                ("address", models.TextField()),
                ("occasion", models.CharField(max_length=64)),
                (
                    "kind",
                    models.CharField(choices=[("csv", "CSV"), ("xlsx", "XLSX")], max_length=4),
                ),
                ("filename", models.CharField(max_length=255)),
                ("language", models.CharField(max_length=12)),
                ("zone", models.CharField(max_length=64)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting"),
                            ("writing", "Being written"),
                            ("ready", "Ready"),
                            ("failed", "Not written"),
                        ],
                        default="waiting",
                        max_length=8,
                    ),
                ),
                (
                    "reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("closed", "This list is not open to you any more."),
                            ("gone", "This list is not there any more."),
                            (
                                "broken",
                                "Something went wrong on our side. Please export the list again.",
                            ),
                        ],
                        max_length=8,
                    ),
                ),
                ("asked_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("finished_at", models.DateTimeField(blank=True, null=True)),
                ("rows_written", models.PositiveIntegerField(default=0)),
                ("rows_expected", models.PositiveIntegerField(blank=True, null=True)),
                ("is_counted", models.BooleanField(default=False)),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("claimed_until", models.DateTimeField(blank=True, null=True)),
                ("file", models.CharField(blank=True, max_length=120)),
                ("size", models.PositiveBigIntegerField(default=0)),
                ("rights", models.CharField(blank=True, max_length=64)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="exports",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["person", "-asked_at"], name="exports_of_a_person"),
                    models.Index(fields=["asked_at"], name="exports_by_age"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("status__in", ["waiting", "writing"])),
                        fields=("occasion",),
                        name="one_export_of_a_kind_at_once",
                    )
                ],
            },
        ),
    ]
