"""How a length of time is written for a reader."""

from django.utils.translation import gettext as _

from .together import together


def format_minutes(minutes: int | None) -> str:
    """``9 h 40 min``, ``3 h``, ``45 min``; an empty string for none. It never parts."""
    if not minutes:
        return ""
    hours, rest = divmod(int(minutes), 60)
    if not hours:
        return together(_("%(minutes)s min") % {"minutes": rest})
    if not rest:
        return together(_("%(hours)s h") % {"hours": hours})
    return together(_("%(hours)s h %(minutes)s min") % {"hours": hours, "minutes": rest})


def format_clock(seconds: float | None) -> str:
    """A place in a video: ``7:42``, ``1:04:09``."""
    whole = max(0, int(seconds or 0))
    hours, rest = divmod(whole, 3600)
    minutes, second = divmod(rest, 60)
    return f"{hours}:{minutes:02}:{second:02}" if hours else f"{minutes}:{second:02}"


def read_clock(written: str) -> int:
    """Seconds of a length that somebody typed: ``7:42``, ``1:04:09``, or seconds alone.

    Raises ValueError for anything else.
    """
    parts = [int(part) for part in written.strip().split(":")]
    if len(parts) > 3 or any(part < 0 for part in parts):
        raise ValueError(written)
    if any(part > 59 for part in parts[1:]):
        raise ValueError(written)
    return sum(part * 60**place for place, part in enumerate(reversed(parts)))


def duration_patterns() -> dict[str, str]:
    """The same for a script, which fills in ``{h}`` and ``{m}``: of minutes, hours, and both."""
    h, m = "{h}", "{m}"
    return {
        "minutes": together(_("%(minutes)s min") % {"minutes": m}),
        "hours": together(_("%(hours)s h") % {"hours": h}),
        "hours_minutes": together(_("%(hours)s h %(minutes)s min") % {"hours": h, "minutes": m}),
    }
