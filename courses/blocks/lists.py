"""Lists and streams that count what was posted, and how much may stand in one.

Wagtail's believe the count and the places that a form posts: a count of 99,999,999 keeps a
process busy for minutes, and one that is no number is an error of ours. These look first.

The limits hold wherever blocks come from: a form says so beside the list, a submission among
what is to mend, an import in its report. A lesson that is as full as they allow must still
fit into one form (``DATA_UPLOAD_MAX_NUMBER_FIELDS`` in the settings).
"""

from typing import Any

from wagtail.blocks import ListBlock, StreamBlock

from courses.shapes.lists import check_list

# Blocks of a lesson. The longest lessons of courses that were imported have some sixty.
MOST_BLOCKS = 200
# Items of a list in a block, such as captions and files, and lines of a course's lists.
MOST_ITEMS = 20


class CountedList(ListBlock):
    """A list in a block; at most ``MOST_ITEMS`` items unless it is told fewer."""

    class Meta:
        max_num = MOST_ITEMS

    def value_from_datadict(self, data: Any, files: Any, prefix: str) -> Any:
        check_list(data, prefix, typed=False)
        return super().value_from_datadict(data, files, prefix)


class CountedStream(StreamBlock):
    """A stream of blocks; what declares one says how many it holds."""

    def value_from_datadict(self, data: Any, files: Any, prefix: str) -> Any:
        check_list(data, prefix, typed=True)
        return super().value_from_datadict(data, files, prefix)


# Migrations know the list by the name of what it is.
DECONSTRUCT_ALIASES = {CountedList: "wagtail.blocks.ListBlock"}
