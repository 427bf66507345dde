"""Captions: SubRip and WebVTT read by webvtt-py, and whether their cues can be shown."""

import re
from dataclasses import dataclass
from io import StringIO

import webvtt
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from webvtt.errors import MalformedCaptionError, MalformedFileError
from webvtt.models import Timestamp

_BEGINS_AS_WEBVTT = re.compile(r"\ufeff?WEBVTT(?:[ \t\n]|$)")


class UnreadableCaptions(ValueError):
    """No timed line could be found."""


@dataclass(frozen=True)
class Cue:
    """Words for a while; times in milliseconds from the start of the video."""

    start: int
    end: int
    lines: tuple[str, ...]


def read_cues(text: str) -> list[Cue]:
    """The cues of a WebVTT text, or else of a SubRip text, as they stand, markup included.

    Raises UnreadableCaptions when the text is neither.
    """
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").lstrip("\n")
    kind = "vtt" if _BEGINS_AS_WEBVTT.match(text) else "srt"
    try:
        captions = webvtt.from_buffer(StringIO(text), format=kind).captions
    except (MalformedFileError, MalformedCaptionError) as error:
        raise UnreadableCaptions(str(error)) from error
    return [
        Cue(_milliseconds(one.start_time), _milliseconds(one.end_time), tuple(one.lines))
        for one in captions
    ]


def check_captions(data: bytes) -> None:
    """Raises ValidationError unless ``data`` is WebVTT with cues that a browser can show.

    WebVTT, "Cue timings": a cue ends after it starts, and none starts before the one above it.
    https://www.w3.org/TR/webvtt1/#webvtt-cue-timings
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ValidationError(_("A caption file must be saved as UTF-8.")) from error
    if not _BEGINS_AS_WEBVTT.match(text.replace("\r", "\n")):
        raise ValidationError(_("A caption file must begin with the word WEBVTT."))
    try:
        cues = read_cues(text)
    except UnreadableCaptions as error:
        raise ValidationError(
            _("This caption file cannot be read. Save it again as WebVTT.")
        ) from (error)
    if not cues:
        raise ValidationError(_("This caption file has no captions in it."))
    last = 0
    for number, cue in enumerate(cues, start=1):
        if cue.end <= cue.start:
            raise ValidationError(
                _("Caption %(number)s ends before it begins. Mend its times and try again."),
                params={"number": number},
            )
        if cue.start < last:
            raise ValidationError(
                _("Caption %(number)s begins before the one above it. Put them in order."),
                params={"number": number},
            )
        last = cue.start


def _milliseconds(time: Timestamp) -> int:
    seconds = (time.hours * 60 + time.minutes) * 60 + time.seconds
    return int(seconds * 1000 + time.milliseconds)
