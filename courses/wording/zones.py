"""Time zones as people call them: ``Kolkata (UTC+5:30)`` for ``Asia/Kolkata``."""

from datetime import datetime
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from django.utils import timezone

# A browser may tell any of them, by an old name too. The rest are files of Linux ("localtime").
ZONES = frozenset({"UTC", *(name for name in available_timezones() if "/" in name)})
# Where nobody lives, or old names of places that are listed under another.
_UNLISTED = ("Etc/", "SystemV/", "US/", "Canada/", "Brazil/", "Chile/", "Mexico/")


def zone_called(typed: str) -> str:
    """The zone that somebody typed or chose, as it is spelt; empty when there is none.

    A city alone will do, if one zone is called so: ``kolkata``, ``New York``.
    """
    wanted = "_".join(typed.split("(", maxsplit=1)[0].split()).casefold()
    return _by_name().get(wanted, "")


def zone_choices(now: datetime) -> list[tuple[str, str]]:
    """(name, ``Kolkata (UTC+5:30)``) of every zone to choose from, with the offset of ``now``."""
    return [(name, zone_words(name, now)) for name in _listed()]


def zone_words(name: str, now: datetime) -> str:
    """The city, and how far its clock is from UTC at ``now``."""
    offset = format_offset(now.astimezone(ZoneInfo(name)))
    if name == "UTC":
        return name
    return f"{_city(name)} ({offset})"


def format_offset(moment: datetime) -> str:
    """``UTC``, ``UTC+5:30``, ``UTC−8``: of an aware moment, as its own clock shows it."""
    distance = moment.utcoffset()
    minutes = round(distance.total_seconds() / 60) if distance else 0
    if not minutes:
        return "UTC"
    sign = "+" if minutes > 0 else "−"
    hours, rest = divmod(abs(minutes), 60)
    return f"UTC{sign}{hours}:{rest:02}" if rest else f"UTC{sign}{hours}"


def zone_of(name: str) -> ZoneInfo:
    """A person's zone; the site's for whoever told none, or one that this machine lost."""
    return ZoneInfo(name if name in ZONES else timezone.get_default_timezone_name())


def _city(name: str) -> str:
    return name.rsplit("/", 1)[-1].replace("_", " ")


@cache
def _listed() -> tuple[str, ...]:
    return tuple(sorted(name for name in ZONES if not name.startswith(_UNLISTED)))


@cache
def _by_name() -> dict[str, str]:
    """Whole names, and cities that are one zone's alone, in small letters."""
    cities: dict[str, list[str]] = {}
    for name in _listed():
        cities.setdefault(name.rsplit("/", 1)[-1].casefold(), []).append(name)
    alone = {city: names[0] for city, names in cities.items() if len(names) == 1}
    return alone | {name.casefold(): name for name in ZONES}
