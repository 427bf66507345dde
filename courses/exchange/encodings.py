"""Read bytes as text when nothing says how they are written."""

import codecs
from dataclasses import dataclass

import charset_normalizer

MAX_GUESSED = 256 * 1024  # bytes looked at to tell an encoding
_MARKS = ((codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))

# What pages without a mark are written in, by language. HTML Standard, "Determining the character
# encoding", fallback encodings by locale: https://html.spec.whatwg.org/multipage/parsing.html
_WESTERN = "cp1252"
_BY_LANGUAGE = {
    **dict.fromkeys(("be", "bg", "kk", "ky", "mk", "ru", "sr", "tg", "uk"), "cp1251"),
    **dict.fromkeys(("cs", "hr", "hu", "pl", "ro", "sk", "sl"), "cp1250"),
    **dict.fromkeys(("et", "lt", "lv"), "cp1257"),
    **dict.fromkeys(("ar", "fa", "ur"), "cp1256"),
    **dict.fromkeys(("az", "tr"), "cp1254"),
    "el": "cp1253", "he": "cp1255", "ja": "shift_jis", "ko": "euc_kr", "th": "cp874",
    "vi": "cp1258", "zh": "gb18030",
}  # fmt: skip
_LIKELY = sorted({_WESTERN, "koi8_r", "euc_jp", "big5", *_BY_LANGUAGE.values()})
# How much worse, as charset-normalizer measures it, the usual encoding may look than the best.
_SLACK = 0.1


class UnknownEncoding(ValueError):
    """No encoding makes sense of the bytes."""


@dataclass(frozen=True)
class Decoded:
    text: str
    guess: str = ""  # the encoding, when only the look of the text spoke for it


def decode(data: bytes, language: str) -> Decoded:
    """The text of a file: as its mark says, else UTF-8, else what is most likely for a text in
    that language (a code such as "fr").

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
    encoding = _likely(data[:MAX_GUESSED], _BY_LANGUAGE.get(language[:2].lower(), _WESTERN))
    return Decoded(_strictly(data, encoding), encoding)


def _likely(data: bytes, usual: str) -> str:
    """The usual encoding of the language when it looks as good as any, else the best."""
    found = charset_normalizer.from_bytes(data, cp_isolation=_LIKELY)
    best = found.best()
    if best is None:
        raise UnknownEncoding("no encoding fits")
    for match in found:
        worse = max(match.chaos - best.chaos, best.coherence - match.coherence)
        if usual in match.could_be_from_charset and worse <= _SLACK:
            return usual
    return best.encoding


def _strictly(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeError as error:
        raise UnknownEncoding(encoding) from error
