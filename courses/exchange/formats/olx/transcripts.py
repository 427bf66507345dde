"""Transcripts in the form that Open edX keeps for itself: .sjson, three lists in JSON."""

from courses.exchange.captions import CueReader
from courses.exchange.words import load_json
from courses.files.captions import Cue, UnreadableCaptions


def read_sjson(text: str) -> list[Cue]:
    """The cues of {"start": [ms, …], "end": [ms, …], "text": [words, …]}."""
    track = load_json(text)
    try:
        spans = zip(track["start"], track["end"], track["text"], strict=False)
        cues = [Cue(int(start), int(end), (_line(words),)) for start, end, words in spans]
    except (ValueError, KeyError, TypeError, OverflowError) as error:
        raise UnreadableCaptions("sjson") from error
    return [cue for cue in cues if cue.start >= 0]


def _line(words: object) -> str:
    if words and not isinstance(words, str):
        raise TypeError("a cue without words")
    return str(words or "")


TRANSCRIPTS: dict[str, CueReader] = {".sjson": read_sjson}
