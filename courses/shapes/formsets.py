"""Sets of forms (rows of a form, comments on a page) as their forms post them."""

from collections.abc import Mapping

from .numbers import whole_number
from .refusals import list_not_whole

TOTAL, INITIAL = "-TOTAL_FORMS", "-INITIAL_FORMS"
# Django's own ceiling of forms in a set is 2,000; none of ours comes near.
MOST_FORMS = 1000
# The field that names the row of a form; the pages of a workflow are keyed by their page.
KEYS = ("id", "page")


def check_formsets(data: Mapping[str, str]) -> None:
    """Raises Misshapen unless every set of forms in ``data`` counts what is there.

    What stood there before (the first ``INITIAL_FORMS``) names its row, with nothing for the
    rows of drafts, which have no key yet.
    """
    for key in data:
        if key.endswith(TOTAL):
            _check(data, key.removesuffix(TOTAL))


def _check(data: Mapping[str, str], name: str) -> None:
    total = whole_number(data[f"{name}{TOTAL}"], most=min(MOST_FORMS, len(data)))
    initial = whole_number(data.get(f"{name}{INITIAL}"), most=total or 0)
    if total is None or initial is None:
        raise list_not_whole()
    for place in range(initial):
        key = next((data[at] for at in _key_fields(name, place) if at in data), None)
        if key != "" and whole_number(key) is None:
            raise list_not_whole()


def _key_fields(name: str, place: int) -> list[str]:
    return [f"{name}-{place}-{key}" for key in KEYS]
