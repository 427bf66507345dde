"""Typed readers of environment variables that refuse nonsense at start-up.

Every reader accepts ``NAME`` or ``NAME_FILE`` (a path whose content is the value, as
container secrets are mounted), and raises ``ImproperlyConfigured`` with the name, what
was read and what would do. A missing variable without a default is refused too.
"""

import os
from collections.abc import Iterable
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit
from zoneinfo import available_timezones

from django.core.exceptions import ImproperlyConfigured

_MISSING = object()
_TRUE = {"1", "true", "yes", "on"}
_FALSE = {"0", "false", "no", "off"}


def _read(name: str) -> str | None:
    path = os.environ.get(f"{name}_FILE")
    if path and name in os.environ:
        raise ImproperlyConfigured(f"Set {name} or {name}_FILE, not both.")
    if path:
        try:
            return Path(path).read_text().strip()
        except OSError as error:
            raise ImproperlyConfigured(f"{name}_FILE cannot be read: {error}") from error
    value = os.environ.get(name)
    return value.strip() if value is not None and value.strip() else None


def text(name: str, default: Any = _MISSING) -> str:
    """A string; surrounding white space is dropped, empty counts as missing."""
    value = _read(name)
    if value is None:
        if default is _MISSING:
            raise ImproperlyConfigured(f"{name} is not set. Set {name} or {name}_FILE.")
        return default
    return value


def flag(name: str, default: Any = _MISSING) -> bool:
    """A yes or no: 1/0, true/false, yes/no, on/off."""
    value = text(name, default)
    if isinstance(value, bool):
        return value
    if value.lower() in _TRUE:
        return True
    if value.lower() in _FALSE:
        return False
    raise ImproperlyConfigured(f"{name} is {value!r}; it must be true or false.")


def integer(
    name: str, default: Any = _MISSING, *, low: int | None = None, high: int | None = None
) -> int:
    """A whole number, within ``low`` and ``high`` when they are given."""
    value = text(name, default)
    try:
        number = int(value)
    except (TypeError, ValueError) as error:
        raise ImproperlyConfigured(f"{name} is {value!r}; it must be a whole number.") from error
    if (low is not None and number < low) or (high is not None and number > high):
        raise ImproperlyConfigured(f"{name} is {number}; it must lie from {low} to {high}.")
    return number


def decimal(name: str, default: Any = _MISSING, *, low: Decimal, high: Decimal) -> Decimal:
    """A decimal number from ``low`` to ``high``."""
    value = text(name, default)
    try:
        number = Decimal(value)
    except (TypeError, InvalidOperation) as error:
        raise ImproperlyConfigured(f"{name} is {value!r}; it must be a number.") from error
    if not number.is_finite() or not low <= number <= high:
        raise ImproperlyConfigured(f"{name} is {number}; it must lie from {low} to {high}.")
    return number


def zone(name: str, default: Any = _MISSING) -> str:
    """A time zone, as the database of zones (and ``zoneinfo``) calls it."""
    value = text(name, default)
    if value != "UTC" and (value not in available_timezones() or "/" not in value):
        raise ImproperlyConfigured(
            f"{name} is {value!r}; it must be UTC or a time zone such as Europe/Lisbon."
        )
    return value


def words(name: str, default: Any = _MISSING) -> list[str]:
    """A comma-separated list; empty entries are dropped."""
    value = text(name, default)
    if isinstance(value, list):
        return value
    return [word.strip() for word in value.split(",") if word.strip()]


def secrets(name: str, default: Any = _MISSING) -> list[str]:
    """Secrets separated by commas or lines, the newest first. An empty one is a mistake.

    No refusal repeats one of them.
    """
    value = text(name, default)
    if isinstance(value, list):
        return value
    found = [word.strip() for word in value.replace("\n", ",").split(",")]
    if "" in found or len(set(found)) < len(found):
        raise ImproperlyConfigured(
            f"{name} has an empty or a repeated entry. Separate its values with one comma each."
        )
    return found


def url(name: str, default: Any = _MISSING, *, schemes: Iterable[str] = ("http", "https")) -> str:
    """An absolute address with one of ``schemes``, without a trailing slash.

    A refusal does not repeat it: it may hold a password.
    """
    value = text(name, default)
    if value == default and not value:
        return value
    schemes = list(schemes)
    try:
        parts = urlsplit(value)
        _ = parts.port
    except ValueError:
        raise ImproperlyConfigured(
            f"{name} is not readable. Write what is special in its password as %XX: / as %2F, "
            "# as %23, @ as %40."
        ) from None
    if parts.scheme not in schemes or not (parts.netloc or parts.path or parts.query):
        kind = f"{parts.scheme}:" if parts.scheme else "no address"
        raise ImproperlyConfigured(
            f"{name} is {kind}; it must be an address that starts with {'://, '.join(schemes)}://."
        )
    return value.rstrip("/")


def database(name: str, default: Any = _MISSING) -> dict[str, Any]:
    """Django's settings for a PostgreSQL address, such as ``postgresql://u:p@host:5432/db``.

    A socket directory may be given as ``?host=/path``; other query parameters are
    handed to libpq as they are.
    """
    value = url(name, default, schemes=("postgresql", "postgres"))
    parts = urlsplit(value)
    options = dict(parse_qsl(parts.query))
    database_name = unquote(parts.path.lstrip("/"))
    if not database_name:
        raise ImproperlyConfigured(f"{name} names no database: end it with /NAME.")
    return {
        "ENGINE": "perfomix.database",
        "NAME": database_name,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or options.pop("host", ""),
        "PORT": str(parts.port or ""),
        "OPTIONS": options,
    }
