"""Whether a row is still the one that was read."""

from typing import Any

from django.db.models import Func, TextField
from django.db.models.sql.compiler import SQLCompiler


class RowVersion(Func):
    """``RowVersion("enrollment__pk")``: who wrote the row of that key last (``xmin``).

    Every transaction that writes the row leaves another one, whatever it changes; a lock does not.
    So "where xmin::text = …" in an UPDATE writes only what nobody else has written since.
    """

    arity = 1
    output_field = TextField(null=True)

    def as_sql(
        self, compiler: SQLCompiler, connection: Any, *_: Any, **__: Any
    ) -> tuple[str, tuple[()]]:
        [key] = self.get_source_expressions()
        return f"{connection.ops.quote_name(key.alias)}.xmin::text", ()
