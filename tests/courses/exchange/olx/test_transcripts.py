"""Transcripts as Open edX keeps them: .sjson."""

import json

import pytest

from courses.exchange.captions import UnreadableCaptions, to_vtt
from courses.exchange.formats.olx.transcripts import TRANSCRIPTS


def told(track) -> str:
    text = track if isinstance(track, str) else json.dumps(track)
    return to_vtt("subs_abc.srt.SJSON", text, TRANSCRIPTS)


def test_open_edx_transcripts_become_webvtt():
    assert told(
        {"start": [1000, 4000], "end": [3500, 65000], "text": ["Hello &amp; you", "Bye"]}
    ) == (
        "WEBVTT\n\n00:00:01.000 --> 00:00:03.500\nHello &amp; you\n\n"
        "00:00:04.000 --> 00:01:05.000\nBye\n"
    )


def test_lines_without_words_or_time_are_passed_over():
    track = {
        "start": [0, -5, 20, 30, 40],
        "end": [10, 15, 20, 35, 45],
        "text": [None, "before", "never", " ", "at\nlast"],
    }
    assert told(track) == "WEBVTT\n\n00:00:00.040 --> 00:00:00.045\nat last\n"


@pytest.mark.parametrize(
    "track",
    [
        "[]",
        "{",
        {"start": [1], "end": [2]},
        {"start": ["x"], "end": [2], "text": ["a"]},
        {"start": [1], "end": [2], "text": [7]},
        {"start": [], "end": [], "text": []},
    ],
)
def test_what_is_no_transcript_is_refused(track):
    with pytest.raises(UnreadableCaptions):
        told(track)
