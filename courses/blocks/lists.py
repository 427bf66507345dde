"""Lists and streams that count what was posted, and how much may stand in one.

Wagtail's believe the count and the places that a form posts: a count of 99,999,999 keeps a
process busy for minutes, and one that is no number is an error of ours. These look first.

The limits hold wherever blocks come from: a form says so beside the list, a submission among
what is to mend, an import in its report. They are not about teaching, which has lists of a
hundred and eighteen elements and of all countries: a lesson that is as full as they allow must
still fit into one form (``DATA_UPLOAD_MAX_NUMBER_FIELDS`` in the settings).
"""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from wagtail.blocks import ListBlock, StreamBlock, StreamBlockValidationError

from courses.shapes.lists import check_list

from .walk import walk

# Blocks of a lesson. The longest lessons of courses that were imported have some sixty.
MOST_BLOCKS = 200
# Items of one list in a block, such as options and files; there are 193 countries to choose from.
MOST_ITEMS = 200
# Items of all lists of a lesson together: twenty questions with a hundred options each, and more.
MOST_IN_LESSON = 2_500
# Lines of a course's lists. Its page shows all of them.
MOST_LINES = 50
LONGEST_LINE = 500


def words_of_adding(words: Any) -> dict[str, Any]:
    """Attributes of a list in the editor: ``words`` stand beside the plus that adds to its end."""
    return {"data-add": words}


class CountedList(ListBlock):
    """A list in a block; at most ``MOST_ITEMS`` items unless it is told fewer."""

    class Meta:
        max_num = MOST_ITEMS

    def deconstruct(self) -> Any:
        """Without the attributes of a form, which no migration needs."""
        path, args, kwargs = super().deconstruct()
        return path, args, {k: v for k, v in kwargs.items() if k != "form_attrs"}

    def value_from_datadict(self, data: Any, files: Any, prefix: str) -> Any:
        check_list(data, prefix, typed=False)
        return super().value_from_datadict(data, files, prefix)


class CountedStream(StreamBlock):
    """A stream of blocks; what declares one says how many it holds."""

    def value_from_datadict(self, data: Any, files: Any, prefix: str) -> Any:
        check_list(data, prefix, typed=True)
        return super().value_from_datadict(data, files, prefix)

    def clean(self, value: Any) -> Any:
        value = super().clean(value)
        found = items_in(self, value)
        if found > MOST_IN_LESSON:
            told = _(
                "All lists of a lesson together hold at most %(most)s items; these have %(found)s. "
                "Move some of it to another lesson."
            )
            wrong = ValidationError(told % {"found": found, "most": MOST_IN_LESSON})
            raise StreamBlockValidationError(non_block_errors=[wrong])
        return value


def items_in(block: Any, value: Any) -> int:
    """How many items all lists below ``value`` have together."""
    within = (place.trail[-2] for place in walk(block, value) if len(place.trail) > 1)
    return sum(isinstance(holder, ListBlock) for holder in within)


# Migrations know the list by the name of what it is.
DECONSTRUCT_ALIASES = {CountedList: "wagtail.blocks.ListBlock"}
