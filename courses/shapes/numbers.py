"""Whole numbers in what was sent."""

# The largest key that PostgreSQL's bigint holds.
LARGEST_KEY = 2**63 - 1
# No number that is read here is longer; Python itself refuses to read 4,300 digits.
LONGEST_NUMBER = 19


def whole_number(text: object, *, most: int = LARGEST_KEY) -> int | None:
    """``text`` as a whole number from 0 to ``most``, or None when it is none.

    Digits are 0 to 9: ``"²".isdigit()`` holds and ``int("²")`` raises, and ``int`` reads
    ``"٣"``, ``" 3 "`` and ``"1_000"``, which no page of ours sends.
    """
    if not isinstance(text, str) or not text.isascii() or not text.isdigit():
        return None
    if len(text) > LONGEST_NUMBER:
        return None
    number = int(text)
    return number if number <= most else None
