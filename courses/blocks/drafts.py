"""Drafts are validated apart from everything else.

While a draft saves, Wagtail makes required blocks optional on block objects that all threads
of the process share, and then restores them. A submission read in that moment would pass with
its blanks, and two drafts at once could leave a block optional for good. So what is validated
waits for what is being validated, in milliseconds.
"""

import threading
from typing import Any

# Held around whole bodies; it must let in the thread that has it, for `clean_deferred` cleans.
one_at_a_time = threading.RLock()


class ValidatedApart:
    """For the outermost block of a StreamField: the one that Wagtail asks to validate."""

    def clean(self, value: Any) -> Any:
        with one_at_a_time:
            return super().clean(value)  # type: ignore[misc]  # the block's

    def clean_deferred(self, value: Any) -> Any:
        with one_at_a_time:
            return super().clean_deferred(value)  # type: ignore[misc]  # the block's
