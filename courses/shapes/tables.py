"""Tables as the editor's forms post them (Wagtail's typed table).

``cells-column-count`` says how many columns there are, each with ``cells-column-0-deleted`` and,
unless it is, ``-type``, ``-order`` and ``-heading``; ``cells-row-count`` the same for rows, which
have an ``-order`` alone; a cell stands at ``cells-cell-<row>-<column>``.
"""

from collections.abc import Container, Mapping

from .numbers import whole_number
from .refusals import list_not_whole


def posted_cells(data: Mapping[str, str], name: str) -> list[tuple[str, str]]:
    """(key, type) of every cell that was posted of the table ``name``.

    Raises Misshapen; takes time in proportion to what was posted, whatever is counted to.
    """
    columns = _posted(data, f"{name}-column", ("type", "order", "heading"))
    rows = _posted(data, f"{name}-row", ("order",))
    if len(columns) * len(rows) > len(data):
        raise list_not_whole()
    return [
        (f"{name}-cell-{row}-{column}", data[f"{name}-column-{column}-type"])
        for row in rows
        for column in columns
    ]


def check_table(data: Mapping[str, str], name: str, *, types: Container[str]) -> None:
    """Raises Misshapen unless the table ``name`` can be put in order; ``types`` are columns'."""
    posted_cells(data, name)
    if f"{name}-caption" not in data:
        raise list_not_whole()
    columns = _posted(data, f"{name}-column", ("type", "heading"))
    if any(data[f"{name}-column-{column}-type"] not in types for column in columns):
        raise list_not_whole()
    # No field reads these: what no text can hold would come as far as the database.
    plain = [data[f"{name}-caption"], *(data[f"{name}-column-{at}-heading"] for at in columns)]
    if any("\x00" in text for text in plain):
        raise list_not_whole()
    for kind in ("column", "row"):
        places = _posted(data, f"{name}-{kind}", ("order",))
        orders = [whole_number(data[f"{name}-{kind}-{place}-order"]) for place in places]
        if None in orders or len(set(orders)) < len(orders):
            raise list_not_whole()


def _posted(data: Mapping[str, str], name: str, parts: tuple[str, ...]) -> list[int]:
    """The places of ``name`` that were not deleted, each with all its ``parts``."""
    count = whole_number(data.get(f"{name}-count"), most=len(data))
    if count is None or any(f"{name}-{place}-deleted" not in data for place in range(count)):
        raise list_not_whole()
    kept = [place for place in range(count) if not data[f"{name}-{place}-deleted"]]
    if any(f"{name}-{place}-{part}" not in data for place in kept for part in parts):
        raise list_not_whole()
    return kept
