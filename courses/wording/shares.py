"""How a share of something is written for a reader."""

from decimal import Decimal

from django.utils.translation import gettext as _

from .together import together


def format_share(percent: Decimal | float | str) -> str:
    """``25 %``, ``72.5 %``"""
    return together(_("%(number)s %%") % {"number": f"{Decimal(str(percent)).normalize():f}"})


def share_pattern() -> str:
    """The same for a script, which fills in ``{n}``."""
    return together(_("%(number)s %%") % {"number": "{n}"})
