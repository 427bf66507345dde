"""How far a learner is, as figures: of what was counted in the database, or read before."""

from collections.abc import Iterable
from typing import NamedTuple, Self

from courses.releases.outline import Outline
from learners.access.facts import Mark

from .studied import studied_percent


class Counted(NamedTuple):
    """The lessons of a course, and what a learner did in them."""

    total: int
    completed: int
    minutes_left: int | None
    ever: int | None  # done at any time, in the course or gone from it
    gone: int | None  # of these, those that have left the course

    @classmethod
    def of(cls, outline: Outline, marks: Iterable[Mark]) -> Self:
        """Without a query: ``outline`` is of the release that counts."""
        minutes_of = outline.minutes_of
        done, ever = set(), set()
        for mark in marks:
            if mark.done:
                done.add(mark.lesson)
            if mark.ever:
                ever.add(mark.lesson)
        done &= minutes_of.keys()
        return cls(
            total=len(minutes_of),
            completed=len(done),
            minutes_left=outline.minutes - sum(minutes_of[page] for page in done),
            ever=len(ever),
            gone=len(ever - minutes_of.keys()),
        )

    @property
    def summary(self) -> dict[str, int]:
        return summary_of(
            completed=self.completed, total=self.total, minutes_left=self.minutes_left or 0
        )

    def studied(self, before: int) -> int:
        return studied_percent(
            ever=self.ever or 0, gone=self.gone or 0, current=self.total, before=before
        )


def summary_of(*, completed: int, total: int, minutes_left: int) -> dict[str, int]:
    """``Enrollment.progress``, as it is written."""
    return {
        "completed": completed,
        "total": total,
        "percent": 100 * completed // total if total else 0,
        "minutes_left": minutes_left,
    }


def is_complete(summary: dict[str, int]) -> bool:
    """A course without lessons is never complete."""
    return 0 < summary["total"] == summary["completed"]
