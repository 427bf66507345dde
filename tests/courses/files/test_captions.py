"""Captions are read as they come and refused when a browser could not show them."""

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile

from courses.files.captions import Cue, UnreadableCaptions, check_captions, read_cues
from courses.files.gate import LONGEST_CAPTIONS, check_content

GOOD = """WEBVTT

00:01.000 --> 00:03.500 align:start
Hello &amp; <b>welcome</b>
to the course

NOTE made by hand

2
01:00:04.000 --> 01:00:05.000
Bye
"""


def test_webvtt_and_subrip_are_read_alike():
    cues = [
        Cue(1000, 3500, ("Hello &amp; <b>welcome</b>", "to the course")),
        Cue(3_604_000, 3_605_000, ("Bye",)),
    ]
    subrip = (
        "1\n00:00:01,000 --> 00:00:03,500\nHello &amp; <b>welcome</b>\nto the course\n\n"
        "2\n01:00:04,000 --> 01:00:05,000\nBye\n"
    )

    assert read_cues(GOOD) == cues
    assert read_cues("\ufeff" + GOOD.replace("\n", "\r\n")) == cues
    assert read_cues(subrip) == cues


def test_what_is_neither_is_told():
    with pytest.raises(UnreadableCaptions):
        read_cues("Dear learner,\nwelcome.")


def test_good_captions_are_taken():
    check_captions(GOOD.encode())
    check_content(ContentFile(GOOD.encode(), name="welcome.vtt"))


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"00:01.000 --> 00:02.000\nHello", "must begin with the word WEBVTT"),
        (b"WEBVTTX\n\n00:01.000 --> 00:02.000\nHello", "must begin with the word WEBVTT"),
        (b"WEBVTT\n\nHello", "has no captions in it"),
        (b"WEBVTT\n\n00:03.000 --> 00:02.000\nHello", "Caption 1 ends before it begins"),
        (
            b"WEBVTT\n\n00:03.000 --> 00:04.000\nB\n\n00:01.000 --> 00:02.000\nA",
            "Caption 2 begins before the one above it",
        ),
        ("WEBVTT\n\n00:01.000 --> 00:02.000\nDéjà".encode("latin-1"), "saved as UTF-8"),
    ],
)
def test_captions_that_no_browser_could_show_are_refused_in_words(data, sentence):
    with pytest.raises(ValidationError, match=sentence):
        check_content(ContentFile(data, name="welcome.vtt"))


def test_a_caption_file_without_end_is_not_read():
    endless = GOOD.encode() + b"\n" * LONGEST_CAPTIONS

    with pytest.raises(ValidationError, match="too long to be captions"):
        check_content(ContentFile(endless, name="welcome.vtt"))
