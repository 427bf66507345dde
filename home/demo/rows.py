"""Many rows in one statement, dated as they say."""

from collections.abc import Iterable

from django.db import models, router


def insert(rows: Iterable[models.Model]) -> None:
    """Inserts rows of one model with the moments they carry.

    ``bulk_create`` would date them all now, and the ledger lets nobody date it afterwards.
    Keys that the database counts are not read back.
    """
    found = list(rows)
    if not found:
        return
    model = type(found[0])
    counted = isinstance(model._meta.pk, models.AutoField)
    fields = [one for one in model._meta.local_concrete_fields if not (counted and one.primary_key)]
    model._base_manager.all()._insert(  # type: ignore[attr-defined]
        found, fields=fields, using=router.db_for_write(model), raw=True
    )
