"""HTML in less memory: eight times as many pages of searches find room."""

import zlib
from sys import getsizeof

from django.utils.safestring import SafeString, mark_safe

# The first step saves most, and takes a quarter of a millisecond for a page.
QUICKLY = 1


class Packed:
    """HTML that is wanted again now and then. Unpacking takes a tenth of a millisecond a page."""

    __slots__ = ("_bytes",)

    def __init__(self, html: SafeString) -> None:
        self._bytes = zlib.compress(html.encode(), QUICKLY)

    @property
    def size(self) -> int:
        return getsizeof(self._bytes)

    def unpacked(self) -> SafeString:
        return mark_safe(zlib.decompress(self._bytes).decode())
