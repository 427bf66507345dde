"""What may go wrong while people study."""

from courses.errors import Refusal


class LearnerError(Refusal):
    """While people sign up, study and review."""

    code = "learning_refused"
