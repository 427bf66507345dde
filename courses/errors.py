"""What may go wrong while courses are written, reviewed and released."""


class CourseError(Exception):
    """A refusal in words for the reader; views show it."""


class SubmissionRefused(CourseError):
    """The course cannot be submitted yet; ``problems`` says what to mend, one by one."""

    def __init__(self, problems):
        self.problems = problems
        super().__init__(" ".join(str(problem) for problem in problems))


class PinBroken(CourseError):
    """A pinned revision is not what was reviewed: nothing is published."""
