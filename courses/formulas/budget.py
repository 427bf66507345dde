"""How much TeX one request may ask to be set.

Setting a formula takes a program thousandths of a second, a cunning one a quarter of a second; a
request may hold megabytes of them. Who reads a request says how much is enough, in characters of
TeX; what costs more than its length (many short ones, macros that grow, what brings the program
down) is counted as longer than it is.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.utils.translation import gettext as _

from courses.shapes.refusals import Misshapen

MOST_IN_A_LESSON = 60_000  # characters of TeX: some 1,500 formulas
MOST_IN_A_PREVIEW = 10_000

LEAST = 20  # of any formula, however short
RUIN = 2_000  # of one that broke off: the program is loaded anew
GROWTH = 50  # characters of MathML that usually come of one of TeX

_left: ContextVar[list[int] | None] = ContextVar("formulas_left", default=None)


@contextmanager
def at_most(characters: int) -> Iterator[None]:
    """Inside, no more TeX is set than this; Misshapen is raised instead."""
    token = _left.set([characters])
    try:
        yield
    finally:
        _left.reset(token)


def spend(characters: int) -> None:
    left = _left.get()
    if left is None:
        return
    left[0] -= characters
    if left[0] < 0:
        raise Misshapen(
            _(
                "There are more formulas here than can be set at once, so nothing was saved. Go "
                "back and part them among several lessons."
            ),
            code="too_many_formulas",
        )
