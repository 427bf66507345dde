"""What may go wrong while courses are found and bought."""


class OrderError(Exception):
    """A refusal in words for the reader; views show it, the API answers 409."""


class CursorError(Exception):
    """A page address that was cut short, changed, or belongs to another list."""
