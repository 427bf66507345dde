"""Certificates given before showed the day of UTC; they go on doing so."""

from datetime import UTC

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models.functions import TruncDate


def keep(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    certificates = apps.get_model("learners", "Certificate").objects.filter(issued_on=None)
    certificates.update(issued_on=TruncDate("issued_at", tzinfo=UTC))


class Migration(migrations.Migration):
    dependencies = [("learners", "0009_a_zone_for_each_person")]

    operations = [migrations.RunPython(keep, migrations.RunPython.noop, elidable=True)]
