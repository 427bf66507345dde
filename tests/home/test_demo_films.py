"""The demo's films: as long as is said, easy to seek in, and nothing drawn under captions."""

import re
from itertools import pairwise

import pytest

from home.demo.reading import CONTENT
from home.demo.syntax import spoken
from learners.study.transcripts import transcript_lines
from tests.home.webm import read_film

FILMS = sorted(CONTENT.glob("*/files/*.webm"))
CUE = re.compile(r"(\d\d):(\d\d):(\d\d\.\d{3}) --> (\d\d):(\d\d):(\d\d\.\d{3})\n(.+)")
BLOCK = re.compile(r"^::: video (?P<film>\S+\.webm)\n(?P<fields>.*?)^:::", re.MULTILINE | re.DOTALL)

every_film = pytest.mark.parametrize("film", FILMS, ids=lambda film: film.stem)


def fields_of(film) -> dict[str, str]:
    """What the lessons of its course say of a film; all of them, should several show it."""
    (fields,) = {
        match["fields"]
        for path in film.parents[1].glob("**/*.md")
        for match in BLOCK.finditer(path.read_text())
        if match["film"] == film.name
    }
    return dict(line.split(": ", 1) for line in fields.splitlines())


def captions_of(film) -> list[tuple[float, float, str]]:
    told = CUE.findall(film.with_suffix(".vtt").read_text())
    return [(in_seconds(*cue[:3]), in_seconds(*cue[3:6]), cue[6]) for cue in told]


def in_seconds(hours, minutes, seconds) -> float:
    return int(hours) * 3600 + int(minutes) * 60 + float(seconds)


def test_the_demo_has_six_films():
    assert len(FILMS) == 6


@every_film
def test_a_film_is_as_long_as_its_lesson_says(film):
    assert round(read_film(film.read_bytes()).seconds) == int(fields_of(film)["duration"])


@every_film
def test_a_film_is_sharp_on_a_wide_screen_and_can_be_sought_in(film):
    read = read_film(film.read_bytes())

    assert read.size == (1280, 720)
    # Cues that stand in front, or a player asks for the end of the file first.
    assert read.cues[0] == 0
    assert max(later - sooner for sooner, later in pairwise([*read.cues, read.seconds])) < 2.1


def test_only_the_practice_track_sounds():
    sounding = {film.stem for film in FILMS if "A_OPUS" in read_film(film.read_bytes()).codecs}

    assert sounding == {"practice-track"}


@every_film
def test_captions_follow_each_other_from_the_beginning_of_a_film_to_its_end(film):
    captions = captions_of(film)
    length = read_film(film.read_bytes()).seconds

    assert captions[0][0] <= 0.5
    assert all(begin < end for begin, end, _ in captions)
    assert all(end == begin for (_, end, _), (begin, _, _) in pairwise(captions))
    assert length - 0.5 < captions[-1][1] <= length


@every_film
def test_a_transcript_says_what_the_captions_say_and_when(film):
    named = fields_of(film)["captions"]
    transcript = spoken((film.parent / named).read_text())

    assert named == f"{film.stem}.vtt"
    assert [(line.second, line.text) for line in transcript_lines(transcript)] == [
        (int(begin), words) for begin, _, words in captions_of(film)
    ]


# Where captions are shown, the picture is one calm ground: whoever reads them reads nothing twice.
# Asked of the pictures themselves, in the middle of each caption.
LOWEST_FIFTH = """
async ({ address, seconds }) => {
  const film = document.createElement("video");
  film.muted = true;
  film.src = URL.createObjectURL(await (await fetch(address)).blob());
  await new Promise((done, failed) => { film.onloadeddata = done; film.onerror = failed });
  const sheet = new OffscreenCanvas(film.videoWidth, film.videoHeight);
  const pen = sheet.getContext("2d", { willReadFrequently: true });
  const spreads = [];
  for (const second of seconds) {
    film.currentTime = second;
    await new Promise((done) => { film.onseeked = done });
    pen.drawImage(film, 0, 0);
    const top = Math.round(sheet.height * 0.8);
    const { data } = pen.getImageData(0, top, sheet.width, sheet.height - top);
    const [least, most] = [[255, 255, 255], [0, 0, 0]];
    data.forEach((value, index) => {
      if (index % 4 === 3) return;
      least[index % 4] = Math.min(least[index % 4], value);
      most[index % 4] = Math.max(most[index % 4], value);
    });
    spreads.push(Math.max(...most.map((value, index) => value - least[index])));
  }
  return spreads;
}
"""
# Of 255: what a codec adds to a plain ground. The palest letter is ten times as far from it.
PLAIN = 12


@pytest.mark.browser
@every_film
def test_nothing_is_drawn_where_captions_are_shown(film, page):
    page.route("http://film/", lambda route: route.fulfill(body="", content_type="text/html"))
    page.route("http://film/webm", lambda route: route.fulfill(path=film))
    page.goto("http://film/")

    seconds = [(begin + end) / 2 for begin, end, _ in captions_of(film)]
    spreads = page.evaluate(LOWEST_FIFTH, {"address": "http://film/webm", "seconds": seconds})

    assert len(spreads) == len(seconds)
    assert max(spreads) <= PLAIN, list(zip(seconds, spreads, strict=True))
