"""Lets the demo happen in the past: what the verbs write then carries the date it tells of."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from unittest.mock import patch

from django.utils import timezone


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Inside, ``timezone.now()`` answers ``moment``; every verb and every field asks it.

    Rows that nobody may change afterwards, such as the ledger's, can only be dated so.
    """
    with patch.object(timezone, "now", lambda: moment):
        yield
