"""Write transcripts as WebVTT, the one form browsers read."""

import html
import re
from collections.abc import Callable, Iterable, Mapping
from pathlib import PurePosixPath

from courses.files.captions import Cue, UnreadableCaptions, read_cues

from .words import storable

CueReader = Callable[[str], list[Cue]]  # raises UnreadableCaptions

_TAG = re.compile(r"</?[^>]{0,100}>")


def to_vtt(name: str, text: str, readers: Mapping[str, CueReader]) -> str:
    """A transcript as WebVTT: .srt, .vtt, or what `readers` has a suffix of.

    Tags are dropped and what is left is escaped. Raises UnreadableCaptions.
    """
    read = readers.get(PurePosixPath(name).suffix.lower(), read_cues)
    cues = _shown(read(text))
    if not cues:
        raise UnreadableCaptions(name)
    blocks = [f"{_clock(start)} --> {_clock(end)}\n{words}" for start, end, words in cues]
    return "WEBVTT\n\n" + "\n\n".join(blocks) + "\n"


def _shown(cues: Iterable[Cue]) -> list[tuple[int, int, str]]:
    """(start, end, words) of the cues that say something for a while."""
    shown = []
    for cue in cues:
        words = "\n".join(filter(None, map(_words, cue.lines)))
        if words and cue.end > cue.start:
            shown.append((cue.start, cue.end, words))
    return shown


def _words(line: str) -> str:
    bare = " ".join(storable(html.unescape(_TAG.sub("", line))).split())
    return html.escape(bare, quote=False).replace("--&gt;", "→")


def _clock(milliseconds: int) -> str:
    seconds, fraction = divmod(milliseconds, 1000)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02}:{minutes:02}:{seconds:02}.{fraction:03}"


def last_second(vtt: str) -> int:
    """The second at which the last cue of a WebVTT text ends."""
    ends = re.findall(r"--> (\d+):(\d{2}):(\d{2})\.\d{3}", vtt)
    return max((int(h) * 3600 + int(m) * 60 + int(s) for h, m, s in ends), default=0)
