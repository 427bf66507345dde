"""Write transcripts as WebVTT, the one form browsers read."""

import html
import re

from .words import load_json, storable
from .xml import decode

_TIME = r"(\d{1,3}):(\d{2}):(\d{2})[,.](\d{1,3})"
_SPAN = re.compile(rf"^\s*{_TIME}\s*-->\s*{_TIME}")
_TAG = re.compile(r"</?[^>]{0,100}>")


class UnreadableCaptions(ValueError):
    """No timed line could be found."""


def to_vtt(name, data):
    """WebVTT text of a transcript (.srt, .vtt, or Open edX's .sjson) given as bytes.

    Tags are dropped and what is left is escaped. Raises UnreadableCaptions.
    """
    text = decode(data).replace("\r\n", "\n").replace("\r", "\n")
    cues = _read_sjson(text) if name.lower().endswith(".sjson") else _read_timed_text(text)
    if not cues:
        raise UnreadableCaptions(name)
    blocks = [f"{_clock(start)} --> {_clock(end)}\n{words}" for start, end, words in cues]
    return "WEBVTT\n\n" + "\n\n".join(blocks) + "\n"


def _read_timed_text(text):
    cues, lines, span = [], [], None
    for line in [*text.split("\n"), ""]:
        if match := _SPAN.match(line):
            numbers = [int(part) for part in match.groups()]
            span, lines = (_milliseconds(numbers[:4]), _milliseconds(numbers[4:])), []
        elif not line.strip():
            if span and lines:
                cues.append((*span, "\n".join(lines)))
            span, lines = None, []
        elif span and (words := _words(line)):
            lines.append(words)
    return [cue for cue in cues if cue[1] > cue[0]]


def _read_sjson(text):
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


def _milliseconds(numbers):
    hours, minutes, seconds, fraction = numbers
    return ((hours * 60 + minutes) * 60 + seconds) * 1000 + fraction


def _clock(milliseconds):
    seconds, fraction = divmod(milliseconds, 1000)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02}:{minutes:02}:{seconds:02}.{fraction:03}"


def last_second(vtt):
    """The second at which the last cue of a WebVTT text ends."""
    ends = re.findall(r"--> (\d+):(\d{2}):(\d{2})\.\d{3}", vtt)
    return max((int(h) * 3600 + int(m) * 60 + int(s) for h, m, s in ends), default=0)
