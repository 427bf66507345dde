"""Moments in words: what tells an hour tells its zone too.

In templates ``{{ at|moment }}`` and ``{{ at|hour }}``; what tells only a day stays ``date``, for
both are of the clock that is in force: the reader's (``learners.accounts.zones``).
"""

from datetime import date, datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import lazy
from django.utils.translation import gettext as _

from .zones import format_offset, zone_words


def format_day(moment: datetime) -> str:
    """``14 November 2026``: the reader's day. A template's ``date`` does the same by itself."""
    return date_format(timezone.localtime(moment), "j F Y")


def format_date(day: date) -> str:
    """A day that is one everywhere, as it was written."""
    return date_format(day, "j F Y")


def format_moment(moment: datetime) -> str:
    """``14 November 2026, 09:14 (UTC+1)``"""
    return _in_zone(date_format(timezone.localtime(moment), "j F Y, H:i"), moment)


def format_hour(moment: datetime) -> str:
    """``09:14 (UTC+1)``"""
    return _in_zone(date_format(timezone.localtime(moment), "H:i"), moment)


def _words_of_the_clock() -> str:
    name = timezone.get_current_timezone_name()
    return _("By your clock: %(zone)s.") % {"zone": zone_words(name, timezone.now())}


# Beside fields for an hour, which is read by the clock of whoever types it.
BY_YOUR_CLOCK = lazy(_words_of_the_clock, str)()


def _in_zone(told: str, moment: datetime) -> str:
    # Translators: a time, and how far its clock is from UTC: “09:14 (UTC+1)”.
    return _("%(time)s (%(zone)s)") % {
        "time": told,
        "zone": format_offset(timezone.localtime(moment)),
    }
