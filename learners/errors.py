"""What may go wrong while people study."""


class LearnerError(Exception):
    """A refusal in words for the reader; views show it."""
