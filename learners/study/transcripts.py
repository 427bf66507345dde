"""A transcript as lines that know when they are spoken."""

import re
from dataclasses import dataclass

# "7:42 Now carry the strip down", "[1:04:09] and so on", "(0:05) - Hello"
_TIMED = re.compile(r"^[\[(]?(?:(\d{1,2}):)?(\d{1,2}):(\d{2})[\])]?\s*(?:[-–—]\s*)?(.+)$")


@dataclass(frozen=True)
class TranscriptLine:
    text: str
    second: int | None = None


def transcript_lines(text: str | None) -> list[TranscriptLine]:
    """Paragraphs of a transcript; ``second`` where a line begins with its time."""
    lines = [line.strip() for line in (text or "").splitlines()]
    return [_line(line) for line in lines if line]


def _line(line: str) -> TranscriptLine:
    timed = _TIMED.match(line)
    if not timed:
        return TranscriptLine(line)
    hours, minutes, seconds, words = timed.groups()
    return TranscriptLine(words, int(hours or 0) * 3600 + int(minutes) * 60 + int(seconds))
