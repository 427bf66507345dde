"""What is printed: fonts of our own for every script, and the pages set in them.

``typeset`` makes PDF and PNG with typst; ``unprintable`` names the characters that no font of
ours has, ``printable`` puts a visible sign in their place.
"""

from .characters import printable, unprintable, unprintable_words
from .typesetting import typeset

__all__ = ["printable", "typeset", "unprintable", "unprintable_words"]
