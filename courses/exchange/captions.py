"""Write transcripts as WebVTT, the one form browsers read."""

import html
import re

from courses.files.captions import UnreadableCaptions, read_cues

from .words import load_json, storable
from .xml import decode

_TAG = re.compile(r"</?[^>]{0,100}>")


def to_vtt(name: str, data):
    """WebVTT text of a transcript (.srt, .vtt, or Open edX's .sjson) given as bytes.

    Tags are dropped and what is left is escaped. Raises UnreadableCaptions.
    """
    text = decode(data)
    cues = _read_sjson(text) if name.lower().endswith(".sjson") else _read_timed_text(text)
    if not cues:
        raise UnreadableCaptions(name)
    blocks = [f"{_clock(start)} --> {_clock(end)}\n{words}" for start, end, words in cues]
    return "WEBVTT\n\n" + "\n\n".join(blocks) + "\n"


def _read_timed_text(text: str) -> list[tuple[int, int, str]]:
    cues = []
    for cue in read_cues(text):
        words = "\n".join(filter(None, map(_words, cue.lines)))
        if words and cue.end > cue.start:
            cues.append((cue.start, cue.end, words))
    return cues


def _read_sjson(text: str):
    track = load_json(text)
    try:
        spans = zip(track["start"], track["end"], track["text"], strict=False)
        cues = [(int(start), int(end), _words(words or "")) for start, end, words in spans]
    except (ValueError, KeyError, TypeError, OverflowError) as error:
        raise UnreadableCaptions("sjson") from error
    return [cue for cue in cues if cue[2] and cue[1] > cue[0] >= 0]


def _words(line):
    bare = " ".join(storable(html.unescape(_TAG.sub("", line))).split())
    return html.escape(bare, quote=False).replace("--&gt;", "→")


def _clock(milliseconds) -> str:
    seconds, fraction = divmod(milliseconds, 1000)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02}:{minutes:02}:{seconds:02}.{fraction:03}"


def last_second(vtt):
    """The second at which the last cue of a WebVTT text ends."""
    ends = re.findall(r"--> (\d+):(\d{2}):(\d{2})\.\d{3}", vtt)
    return max((int(h) * 3600 + int(m) * 60 + int(s) for h, m, s in ends), default=0)
