"""How large a text is set on the certificate's page, by how wide it will be.

The PDF measures (``courses/printing/printing.typ``). A page is set by the reader's browser, in
fonts that we do not know, so what is long is told by counting.
"""

from unicodedata import east_asian_width

# From which width on a text is "long", "longer", "longest": classes in certificates.css.
NAME = (30, 44, 80)
TITLE = (44, 100, 180)
PRODUCER = (40, 60, 90)
CLASSES = ("", "long", "longer", "longest")


def length_class(text: str, steps: tuple[int, int, int]) -> str:
    """The class for a text; empty for one of the usual length."""
    width = width_of(text)
    return CLASSES[sum(width > step for step in steps)]


def width_of(text: str) -> float:
    """In small letters: Chinese characters are twice as wide, capitals half as wide again."""
    return sum(
        2 if east_asian_width(sign) in "WF" else 1.5 if sign.isupper() else 1 for sign in text
    )
