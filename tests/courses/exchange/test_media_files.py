"""Videos, transcripts and the names of files."""

from xml.etree.ElementTree import fromstring

import pytest

from courses.exchange.archive import open_archive
from courses.exchange.captions import UnreadableCaptions, last_second, to_vtt
from courses.exchange.formats.olx.assets import Assets
from courses.exchange.formats.olx.links import Links
from courses.exchange.formats.olx.videos import read_video
from courses.exchange.neutral import Attachment, Clip, ImportedComponent, Note, Outcome

from .exports import SRT, as_tar

NAMES = [
    "Brain green.png",
    "edX – How It Works [French].srt",
    "a_b.PDF",
    "subs_abc.srt.sjson",
    "mW.png",
    "MW.png",
]


@pytest.fixture
def assets(packed):
    files = {f"course/static/{name}": b"x" for name in [*NAMES, "steam.mp4"]}
    files["course/policies/assets.json"] = b'{"alias.png": {"displayname": "Brain green.png"}}'
    with open_archive(packed(as_tar(files))) as archive:
        yield Assets(archive, "course/")


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("/static/Brain_green.png", "Brain green.png"),
        ("/static/Brain%20green.png", "Brain green.png"),
        ("/static/alias.png", "Brain green.png"),
        ("Brain green.png", "Brain green.png"),
        ("/asset-v1:Leaf+TEA1+run1+type@asset+block@Brain_green.png", "Brain green.png"),
        ("/c4x/Leaf/TEA1/asset/Brain_green.png", "Brain green.png"),
        ("https://studio.example/c4x/Leaf/TEA1/asset/Brain_green.png", "Brain green.png"),
        ("edX – How It Works [French].srt", "edX – How It Works [French].srt"),
        ("/static/a_b.pdf?raw#page=2", "a_b.PDF"),
        ("/static/mW.png", "mW.png"),
        ("/static/MW.png", "MW.png"),
    ],
)
def test_a_file_is_found_under_every_name_open_edx_gives_it(assets, address, name):
    assert assets.find(address) == f"course/static/{name}"


@pytest.mark.parametrize(
    "address", ["", None, "/static/../course.xml", "/static/none.png", "%", "//["]
)
def test_a_file_that_is_not_there_is_none(assets, address):
    assert assets.find(address) is None


def video(xml, assets):
    component = ImportedComponent(kind="video", source_id="v", title="Harvest")
    read_video(component, fromstring(xml), Links({}, assets))
    return component


@pytest.mark.parametrize(
    ("xml", "clip"),
    [
        ('<video youtube_id_1_0="dQw4w9WgXcQ"/>', Clip("Harvest", youtube="dQw4w9WgXcQ")),
        ('<video youtube="0.75:aaa,1.00:dQw4w9WgXcQ"/>', Clip("Harvest", youtube="dQw4w9WgXcQ")),
        (
            '<video><source src="https://vimeo.com/76979871"/></video>',
            Clip("Harvest", vimeo="76979871"),
        ),
        (
            "<video html5_sources='[\"https://cdn.example/v/steam.mp4\"]'/>",
            Clip("Harvest", name="course/static/steam.mp4"),
        ),
        (
            '<video><source src="https://cdn.example/other.mp4"/></video>',
            Clip("Harvest", url="https://cdn.example/other.mp4"),
        ),
    ],
)
def test_a_video_plays_from_where_it_is(assets, xml, clip):
    component = video(xml, assets)
    assert (component.outcome, component.pieces) == (Outcome.IMPORTED, [clip])


@pytest.mark.parametrize(
    ("xml", "reason"),
    [
        ("<video/>", "it names no video"),
        ('<video youtube_id_1_0="too-short"/>', "it names no video"),
        (
            '<video source="javascript:alert(1)"/>',
            "the address of its video cannot be used here",
        ),
    ],
)
def test_a_video_without_a_source_is_left_out(assets, xml, reason):
    assert video(xml, assets).reasons == [reason]


def test_transcripts_handouts_and_cuts_are_told(assets):
    component = video(
        """<video youtube_id_1_0="dQw4w9WgXcQ" sub="abc" end_time="00:01:00"
        handout="/static/a_b.PDF" track="/static/none.pdf"
        transcripts='{"fr": "edX – How It Works [French].srt", "de": "none.srt"}'/>""",
        assets,
    )
    clip, note, handout = component.pieces
    assert clip.excerpt
    assert note == Note("<p>The part meant here runs from 0:00 to 1:00.</p>")
    assert clip.captions == {
        "fr": "course/static/edX – How It Works [French].srt",
        "en": "course/static/subs_abc.srt.sjson",
    }
    assert handout == Attachment("course/static/a_b.PDF", "Handout: Harvest")
    assert component.reasons == [
        "a transcript that is not in the archive was left out",
        "its start and end times are not kept: the whole video plays",
        "its transcript is not in the archive",
    ]


VTT = """WEBVTT

00:00:01.000 --> 00:00:03.500
Hello &amp; welcome

00:00:04.000 --> 00:01:05.000
Bye
"""


def test_subrip_becomes_webvtt():
    assert to_vtt("a.srt", SRT, {}) == VTT
    assert to_vtt("a.srt", "\ufeff" + SRT.replace("\n", "\r\n"), {}) == VTT
    assert to_vtt("a.vtt", VTT, {}) == VTT
    assert last_second(VTT) == 65


def test_nothing_in_a_transcript_is_taken_for_markup_or_timing():
    text = "1\n00:00:01,000 --> 00:00:02,000\n<script>x</script>a --> b <v Tom>c\n"
    assert to_vtt("a.srt", text, {}).endswith("\nxa → b c\n")


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.srt", ""),
        ("a.srt", "no times"),
        ("a.srt", "\x00"),
    ],
)
def test_what_is_no_transcript_is_refused(name, text):
    with pytest.raises(UnreadableCaptions):
        to_vtt(name, text, {})
