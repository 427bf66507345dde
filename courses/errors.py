"""What may go wrong while courses are written, reviewed and released."""


class CourseError(Exception):
    """A refusal in words for the reader; views show it, the API answers 409."""
