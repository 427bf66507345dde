"""Read bytes as text when nothing says how they are written."""

import codecs
from dataclasses import dataclass

import charset_normalizer

_MARKS = ((codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
MAX_GUESSED = 256 * 1024  # bytes looked at to tell an encoding


class UnknownEncoding(ValueError):
    """No encoding makes sense of the bytes."""


@dataclass(frozen=True)
class Decoded:
    text: str
    guess: str = ""  # the encoding, when only the look of the text spoke for it


def decode(data: bytes) -> Decoded:
    """The text of a file: as its mark says, else UTF-8, else what is most likely.

    Never puts replacement characters in; raises UnknownEncoding instead.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return Decoded(_strictly(data, encoding))
    try:
        return Decoded(data.decode("utf-8-sig"))
    except UnicodeDecodeError:
        pass
    if b"\x00" in data:
        raise UnknownEncoding("bytes that are no text")
    best = charset_normalizer.from_bytes(data[:MAX_GUESSED]).best()
    if best is None:
        raise UnknownEncoding("no encoding fits")
    return Decoded(_strictly(data, best.encoding), best.encoding)


def _strictly(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeError as error:
        raise UnknownEncoding(encoding) from error
