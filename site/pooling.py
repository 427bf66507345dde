"""Whether the limits of statements and transactions are in force behind a PgBouncer.

PgBouncer hands on none of the options that a connection begins with, and what is set in a session
belongs to whoever gets that session next. So the role carries them; ``migrate`` and ``check
--database default`` refuse to go on while it does not.
"""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.db import connections


@register(Tags.database)
def limits_are_in_force(
    databases: Sequence[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """One question for each limit, and only behind a pool."""
    if not settings.DATABASE_POOLED or "default" not in (databases or ()):
        return []
    with connections["default"].cursor() as cursor:
        cursor.execute(
            "SELECT name, setting FROM pg_settings WHERE name = ANY(%s)",
            [list(settings.DATABASE_LIMITS)],
        )
        found = dict(cursor.fetchall())
        cursor.execute("SELECT current_user")
        (role,) = cursor.fetchone()
    return [
        Error(
            f"Behind the pool {name} is {found[name]} instead of {wanted}.",
            hint=f"ALTER ROLE {role} SET {name} = '{wanted}', then RECONNECT in PgBouncer.",
            id="perfomix.E001",
        )
        for name, wanted in settings.DATABASE_LIMITS.items()
        if found[name] != wanted
    ]
