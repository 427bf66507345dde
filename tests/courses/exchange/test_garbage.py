"""One file full of garbage costs what is read from it, and nothing else."""

import contextlib
import io
import json
import struct
import zipfile
import zlib

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from courses.exchange.build import import_course
from courses.exchange.captions import UnreadableCaptions, to_vtt
from courses.exchange.encodings import UnknownEncoding, decode
from courses.exchange.errors import ImportRefused
from courses.exchange.formats.olx.transcripts import TRANSCRIPTS
from courses.exchange.neutral import Outcome
from courses.exchange.xml import UnreadableXML, parse_html, parse_xml
from courses.models import CourseDocument, CourseImage, CoursePage
from tests.media import MP4, PDF

from .exports import SRT, a_picture, as_tar

COURSE = """
    <course url_name="run1" display_name="A leaflet" org="Leaf" course="L" course_image="cover.png">
      <chapter display_name="All of it"><sequential display_name="Here" url_name="here">
        <vertical display_name="One page"><html url_name="good" filename="good"/>
          <html url_name="page" filename="page"/><problem url_name="ask"/>
          <video url_name="film" display_name="Film" html5_sources='["/static/film.mp4"]'
            transcripts='{"en": "film.srt", "fr": "film.srt.sjson"}' handout="/static/sheet.pdf"/>
        </vertical></sequential></chapter></course>"""
PROBLEM = """<problem><multiplechoiceresponse><label>Assam?</label><choicegroup>
    <choice correct="true">India</choice><choice correct="false">Japan</choice></choicegroup>
    </multiplechoiceresponse></problem>"""
PAGE = "<p>Look:</p>" + "".join(
    f'<img src="/static/leaf.{kind}" alt="A leaf">'
    for kind in ("png", "jpg", "gif", "webp", "avif")
)
SJSON = json.dumps({"start": [0], "end": [900], "text": ["Bonjour"]})
FILES = {
    "course.xml": COURSE,
    "html/good.html": "<p>Steep.</p>",
    "html/page.html": PAGE,
    "problem/ask.xml": PROBLEM,
    "about/overview.html": "<p>On tea.</p>",
    "about/short_description.html": "Tea.",
    "policies/run1/policy.json": '{"course/run1": {"display_name": "A leaflet"}}',
    "policies/run1/grading_policy.json": '{"GRADER": []}',
    "policies/assets.json": "{}",
    "drafts/vertical/new.xml": """<vertical display_name="New" index_in_children_list="1"
        parent_url="block-v1:Leaf+L+run1+type@sequential+block@here"/>""",
    "static/cover.png": a_picture(size=(16, 9)),
    "static/leaf.png": a_picture("PNG", (40, 30)),
    "static/leaf.jpg": a_picture("JPEG", (40, 30)),
    "static/leaf.gif": a_picture("GIF", (40, 30)),
    "static/leaf.webp": a_picture("WEBP", (40, 30)),
    "static/leaf.avif": a_picture("AVIF", (40, 30)),
    "static/sheet.pdf": PDF,
    "static/film.mp4": MP4,
    "static/film.srt": SRT,
    "static/film.srt.sjson": SJSON,
}


def packed_files(**changed) -> bytes:
    files = {**FILES, **changed}
    return as_tar(
        {
            f"course/{name}": text.encode() if isinstance(text, str) else text
            for name, text in files.items()
        }
    )


def a_bomb() -> bytes:
    """A PNG of a few bytes that would fill gigabytes."""

    def chunk(kind, data):
        end = struct.pack(">I", zlib.crc32(kind + data))
        return struct.pack(">I", len(data)) + kind + data + end

    head = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    pixels = chunk(b"IDAT", zlib.compress(bytes(64)))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + pixels + chunk(b"IEND", b"")


NOISE = bytes(range(256)) * 4
GARBAGE = {
    "nothing": lambda good: b"",
    "noise": lambda good: NOISE,
    "zeros": lambda good: bytes(200),
    "its first half": lambda good: good[: len(good) // 2],
    "its head and then noise": lambda good: good[:24] + NOISE,
    "a bomb": lambda good: a_bomb(),
}
# What reads each file: a component by its source id, or the course as a whole.
READERS = {
    "html/page.html": "page",
    "problem/ask.xml": "ask",
    "static/leaf.png": "page",
    "static/leaf.jpg": "page",
    "static/leaf.gif": "page",
    "static/leaf.webp": "page",
    "static/leaf.avif": "page",
    "static/sheet.pdf": "film",
    "static/film.mp4": "film",
    "static/film.srt": "film",
    "static/film.srt.sjson": "film",
    "static/cover.png": "The course picture was left out",
    "policies/run1/policy.json": "“policies/run1/policy.json” cannot be read",
    "policies/run1/grading_policy.json": "grading rules",
    "policies/assets.json": None,  # only says more names of files that are there
    "about/overview.html": "“about/overview.html” cannot be read",
    "about/short_description.html": "“about/short_description.html” cannot be read",
    "drafts/vertical/new.xml": "drafts/vertical/new.xml",
}
# Garbage that a file of its kind may well be: the half of a text is a text.
FINE = {
    ("html/page.html", "its first half"), ("about/overview.html", "its first half"),
    ("about/overview.html", "nothing"), ("about/short_description.html", "its first half"),
    ("about/short_description.html", "nothing"), ("static/sheet.pdf", "its first half"),
    ("static/sheet.pdf", "its head and then noise"), ("static/film.mp4", "its first half"),
    ("static/film.mp4", "its head and then noise"), ("static/film.srt", "its first half"),
    ("about/overview.html", "zeros"), ("about/short_description.html", "zeros"),
}  # fmt: skip
CASES = [(name, kind) for name in READERS for kind in GARBAGE]


@pytest.mark.django_db
@pytest.mark.parametrize(("name", "kind"), CASES)
def test_garbage_costs_what_is_read_from_it_and_is_told(name, kind, catalogue, ada, packed):
    good = FILES[name]
    garbage = GARBAGE[kind](good.encode() if isinstance(good, str) else good)

    course, report = import_course(path=packed(packed_files(**{name: garbage})), producer=ada)

    parts = {part.source_id: part for part in report.course.components}
    assert parts["good"].outcome is Outcome.IMPORTED
    told = READERS[name]
    for source_id in {"page", "ask", "film"} - {told}:
        assert parts[source_id].outcome is Outcome.IMPORTED
    if (name, kind) in FINE or told is None:
        assert course.title == "A leaflet"
    elif told in parts:
        assert parts[told].reasons
    else:
        assert any(told in note for note in report.course.notes)


@pytest.mark.django_db
def test_without_garbage_everything_comes_in_full(catalogue, ada, packed):
    """The control: what the test above finds told is told for the garbage alone."""
    _course, report = import_course(path=packed(packed_files()), producer=ada)
    assert {part.outcome for part in report.course.components} == {Outcome.IMPORTED}
    assert CourseImage.objects.count() == 6
    assert CourseDocument.objects.count() == 4
    notes = report.course.notes
    assert not [note for note in notes if "cannot be read" in note or "left out" in note]


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["course.xml"])
@pytest.mark.parametrize("kind", GARBAGE)
def test_a_course_without_its_root_is_refused_and_leaves_nothing(
    name, kind, catalogue, ada, packed, leftovers
):
    before = leftovers()
    garbage = GARBAGE[kind](FILES[name].encode())
    with pytest.raises(ImportRefused) as caught:
        import_course(path=packed(packed_files(**{name: garbage})), producer=ada)
    assert caught.value.code == "structure_unreadable"
    assert leftovers() == before
    assert not CoursePage.objects.exists()


@pytest.mark.django_db
def test_a_damaged_picture_in_a_zip_costs_the_picture(catalogue, ada, packed):

    stream = io.BytesIO()
    picture = FILES["static/leaf.png"]
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as archive:
        for name, data in FILES.items():
            archive.writestr(f"course/{name}", data)
    data = bytearray(stream.getvalue())
    at = data.find(picture) + len(picture) - 9
    data[at] ^= 0xFF  # its checksum in the archive no longer holds

    _course, report = import_course(path=packed(bytes(data), "course.zip"), producer=ada)

    page = next(part for part in report.course.components if part.source_id == "page")
    assert page.reasons == ["the file “leaf.png” is damaged in the archive"]


@given(st.binary(max_size=400))
@example(b"<!doctype><title")
@example(b"<!doctype html><html><head><title>Knots</title></head><frameset></frameset></html>")
def test_any_bytes_are_text_or_refused(data):
    try:
        text = decode(data, "en").text
    except UnknownEncoding:
        return
    assert (
        "\ufffd" not in text or "\ufffd".encode() in data or data[:2] in (b"\xff\xfe", b"\xfe\xff")
    )
    parse_html(text)


@given(st.text(max_size=300), st.sampled_from(["a.srt", "a.vtt", "a.sjson"]))
def test_any_text_is_a_transcript_or_refused(text, name):
    with contextlib.suppress(UnreadableCaptions):
        assert to_vtt(name, text, TRANSCRIPTS).startswith("WEBVTT")


@given(st.binary(max_size=400))
def test_any_bytes_are_xml_or_refused(data):
    with contextlib.suppress(UnreadableXML, ImportRefused):
        parse_xml(data, "x.xml")
