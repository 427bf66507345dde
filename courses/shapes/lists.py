"""Lists and streams of blocks, as the editor's forms post them.

An item at place 3 of ``body`` is ``body-3-deleted``, ``body-3-order``, in a stream
``body-3-type``, and its value below ``body-3-value``; ``body-count`` says how many there are.
``body-3-id`` is empty for a new one: Wagtail makes up a UUID, which is stored as it comes back.
"""

import re
from collections.abc import Mapping

from .numbers import whole_number
from .refusals import list_not_whole

# Comments find a block by it, and learners' answers an option.
_ID = re.compile(r"[0-9A-Za-z-]{0,64}")


def posted_count(data: Mapping[str, str], name: str) -> int:
    """How many items were posted of the list ``name``: as many as it says, each of them there.

    Raises Misshapen. Looks at no more keys than were posted, whatever is counted to.
    """
    count = whole_number(data.get(f"{name}-count"), most=len(data))
    if count is None:
        raise list_not_whole()
    for place in range(count):
        if f"{name}-{place}-deleted" not in data:
            raise list_not_whole()
    return count


def check_list(data: Mapping[str, str], name: str, *, typed: bool) -> None:
    """Raises Misshapen unless the list ``name`` can be put in order; ``typed`` for a stream."""
    taken: set[int] = set()
    for place in range(posted_count(data, name)):
        item = f"{name}-{place}"
        if data[f"{item}-deleted"]:
            continue
        order = whole_number(data.get(f"{item}-order"))
        if order is None or order in taken or (typed and f"{item}-type" not in data):
            raise list_not_whole()
        if not _ID.fullmatch(data.get(f"{item}-id", "")):
            raise list_not_whole()
        taken.add(order)
