"""Lines for COPY, made from the columns of a model."""

import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import AutoField, Field, Model
from django.db.models.fields import NOT_PROVIDED
from django.utils import timezone

# Characters that are sent at once.
CHUNK = 1_000_000
_ESCAPED = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


class Sheet:
    """Rows of one table: ``varying`` columns come with each line, all others are the same.

    What is neither named nor constant has the default of its field; keys that the database counts
    are left to it.
    """

    def __init__(self, model: type[Model], varying: Sequence[str], **constant: Any) -> None:
        fields = stored(model)
        columns = {field.attname: field.column for field in fields}
        names = [columns[name] for name in varying]
        values = ["%s"] * len(names)
        for field in fields:
            counted = isinstance(field, AutoField) or field.db_default is not NOT_PROVIDED
            if field.attname in varying or (counted and field.attname not in constant):
                continue
            value = constant[field.attname] if field.attname in constant else _default(field)
            names.append(field.column)
            values.append(text(value).replace("%", "%%"))
        self.target = target(model, names)
        # Filled by a tuple of the varying values, as ``text`` writes them, in the order named.
        self.line = "\t".join(values) + "\n"


def stored(model: type[Model]) -> list[Field]:
    """The columns that are written; PostgreSQL itself works out the others."""
    return [field for field in model._meta.local_concrete_fields if not field.generated]


def target(model: type[Model], columns: Iterable[str | None]) -> str:
    """The table and its columns, as COPY names them."""
    names = ", ".join(f'"{column}"' for column in columns)
    return f'"{model._meta.db_table}" ({names})'


def text(value: Any) -> str:
    """``value`` as COPY reads it."""
    if value is None:
        return "\\N"
    if isinstance(value, bool):
        return "t" if value else "f"
    if isinstance(value, (dict, list)):
        value = json.dumps(value)
    if isinstance(value, datetime):
        return value.isoformat()
    return str(value).translate(_ESCAPED)


def write(target: str, lines: Iterable[str]) -> None:
    """Copy ``lines`` into the table, a million characters at a time."""
    with connection.cursor() as cursor, cursor.copy(f"COPY {target} FROM STDIN") as copy:
        waiting, size = [], 0
        for line in lines:
            waiting.append(line)
            size += len(line)
            if size > CHUNK:
                copy.write("".join(waiting))
                waiting, size = [], 0
        copy.write("".join(waiting))


def _default(field: Field) -> Any:
    if getattr(field, "auto_now", False) or getattr(field, "auto_now_add", False):
        return timezone.now()
    value = field.get_default()
    return "{}" if value == [] and field.get_internal_type() == "ArrayField" else value
