"""What may be refused, in words for the reader and by a name for programs."""

from collections.abc import Iterable
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _


class Refusal(Exception):
    """A refusal in words for the reader; views show it, the API answers 409.

    ``code`` names the reason for programs and tests. It never changes, whatever becomes of
    the words; a refusal without one of its own carries its family's.
    """

    code = "refused"

    def __init__(self, message: str | Promise, *, code: str = "") -> None:
        super().__init__(str(message))
        self.code = code or self.code


class TooOften(Refusal):
    """Tried more often than a limit allows; ``wait`` says for how many seconds, 0 unknown."""

    code = "too_often"

    def __init__(self, *, wait: int = 0) -> None:
        super().__init__(_("That was too often. Please wait a while and try again."))
        self.wait = wait


class CursorError(Refusal):
    """A page address that was cut short, changed, or belongs to another list."""

    code = "bad_cursor"


class CourseError(Refusal):
    """While courses are written, reviewed and released."""

    code = "course_refused"


class SubmissionRefused(CourseError):
    """The course cannot be submitted yet; ``problems`` says what to mend, one by one."""

    code = "not_ready"

    def __init__(self, problems: Iterable[Any]) -> None:
        self.problems = list(problems)
        super().__init__(" ".join(str(problem) for problem in self.problems))


class PinBroken(CourseError):
    """A pinned revision is not what was reviewed: nothing is published."""

    code = "pin_broken"
