"""Generated covers: one seed and one pattern give one picture, always the same.

``cover(seed, pattern, shape)`` returns SVG text. Eight families, one per pattern, drawn with
one vocabulary (quarter circles, arcs, bars, strata) and one rule of colour: ground,
deep, mid and light of the pattern's hue, plus at most one shared spark.

Pure and deterministic: no clock, no file, no database. Change what is drawn and raise
``VERSION``, because the pictures are cached for ever.
"""

import hashlib
import random

from courses.covers.drawing import FAMILIES, palette
from courses.covers.families import DRAW

VERSION = 1

# shape: width and height in pixels
SHAPES = {"wide": (960, 540), "book": (540, 760)}

__all__ = ["FAMILIES", "SHAPES", "VERSION", "cover"]


def cover(seed: object, pattern: str, shape: str = "wide") -> str:
    """SVG text of the cover for ``seed`` (a course's UUID), at most 30 kB.

    ``pattern`` is one of ``FAMILIES``, ``shape`` one of ``SHAPES``; anything else raises
    ``KeyError``.
    """
    width, height = SHAPES[shape]
    digest = hashlib.blake2s(str(seed).encode()).digest()
    dice = random.Random(int.from_bytes(digest[:8], "big"))
    out: list[str] = []
    DRAW[FAMILIES[pattern][0]](dice, palette(pattern), width, height, out.append)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" '
        f'width="{width}" height="{height}" preserveAspectRatio="xMidYMid slice">'
        f"{''.join(out)}</svg>"
    )
