"""What a film says of itself before its first picture: as much of WebM as the tests ask for.

https://www.matroska.org/technical/elements.html
"""

import struct
from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

INFO, TICK, DURATION = 0x1549A966, 0x2AD7B1, 0x4489
TRACK, CODEC, WIDTH, HEIGHT = 0xAE, 0x86, 0xB0, 0xBA
CUE_TIME = 0xB3
CLUSTER = 0x1F43B675
# Segment, Info, Tracks, a track, its picture, Cues, one of them
OUTER = {0x18538067, INFO, 0x1654AE6B, TRACK, 0xE0, 0x1C53BB6B, 0xBB}


class Film(NamedTuple):
    seconds: float
    size: tuple[int, int]
    codecs: list[str]
    cues: list[float]  # the seconds that can be gone to at once


def read_film(content: bytes) -> Film:
    found = defaultdict(list)
    for name, value in _elements(content):
        found[name].append(value)
    tick = int.from_bytes(found[TICK][0]) / 1e9
    (duration,) = found[DURATION]
    return Film(
        seconds=struct.unpack(">d" if len(duration) == 8 else ">f", duration)[0] * tick,
        size=(int.from_bytes(found[WIDTH][0]), int.from_bytes(found[HEIGHT][0])),
        codecs=[codec.decode() for codec in found[CODEC]],
        cues=[int.from_bytes(cue) * tick for cue in dict.fromkeys(found[CUE_TIME])],
    )


def _elements(content: bytes) -> Iterator[tuple[int, bytes]]:
    """Every element in its order, those inside others too, up to the first pictures."""
    at = 0
    while at < len(content):
        name, at = _number(content, at, marked=True)
        size, at = _number(content, at)
        if name == CLUSTER:
            return
        if name not in OUTER:
            yield name, content[at : at + size]
            at += size


def _number(content: bytes, at: int, *, marked: bool = False) -> tuple[int, int]:
    """A number whose first byte says how many follow, and where the next thing begins."""
    width = 9 - content[at].bit_length()
    value = int.from_bytes(content[at : at + width])
    return value if marked else value & ~(1 << (7 * width)), at + width
