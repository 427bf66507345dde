"""Every reason is the true one: what is seen, in words, for each situation."""

import base64
import io
import tarfile
from xml.etree.ElementTree import fromstring

import pytest

from courses.blocks.questions import OptionsQuestionBlock
from courses.exchange.archive import NOT_AN_ARCHIVE, Archive, UnreadableEntry
from courses.exchange.build import import_course
from courses.exchange.errors import ImportRefused
from courses.exchange.formats.olx.grading import tell_grading
from courses.exchange.formats.olx.roots import LIBRARY
from courses.exchange.neutral import ImportedComponent, Outcome
from courses.exchange.registry import FORMATS
from courses.exchange.strangers import (
    CANVAS,
    CARTRIDGE,
    CMI5,
    EMPTY,
    EPUB,
    H5P,
    IMS,
    MOODLE,
    OPEN_DOCUMENT,
    QTI,
    SCORM,
    SHEET,
    SLIDES,
    UNKNOWN,
    WORD,
    what_it_is,
)
from courses.models import CourseDocument, CourseImage, CoursePage, LessonPage
from tests.courses.exchange.real_archives import SHARED, needs_shared
from tests.media import PDF

from .exports import SRT, a_leaflet, a_picture, as_tar, as_zip, the_tea_course

ACCEPTED = " ".join(str(known.accepted) for known in FORMATS)

pytestmark = pytest.mark.django_db


@pytest.fixture
def refusal(catalogue, ada, packed, leftovers):
    """(sentence, code) with which an import of these bytes is refused; nothing is written."""

    def refuse(data: bytes, name: str = "course.zip"):
        path = packed(data, name)
        before = leftovers()
        with pytest.raises(ImportRefused) as caught:
            import_course(path=path, producer=ada)
        assert leftovers() == before
        assert not CoursePage.objects.exists()
        assert not CourseImage.objects.exists()
        assert not CourseDocument.objects.exists()
        return str(caught.value), caught.value.code

    return refuse


MOODLE_COURSE = b'<course id="4" contextid="15"><shortname>Tea</shortname></course>'
MANIFEST = b'<manifest xmlns="http://www.imsglobal.org/xsd/%s"/>'
STRANGERS = {
    "a Moodle backup": (
        {"moodle_backup.xml": b"<moodle_backup/>", "course/course.xml": MOODLE_COURSE},
        MOODLE,
    ),
    "a Canvas export": (
        {
            "imsmanifest.xml": MANIFEST % b"imsccv1p1/imscp_v1p1",
            "course_settings/canvas_export.txt": b"Q: What did the panda say?",
        },
        CANVAS,
    ),
    "a cartridge": ({"imsmanifest.xml": MANIFEST % b"imsccv1p3/imscp_v1p1"}, CARTRIDGE),
    "a cartridge in a folder": ({"c/imsmanifest.xml": MANIFEST % b"imsccv1p1/imscp"}, CARTRIDGE),
    "SCORM": (
        {"imsmanifest.xml": b"<manifest><schema>ADL SCORM</schema></manifest>"},
        SCORM,
    ),
    "QTI": ({"imsmanifest.xml": MANIFEST % b"imsqti_v2p2"}, QTI),
    "another package": ({"imsmanifest.xml": b"<manifest/>"}, IMS),
    "a package that says nothing": ({"imsmanifest.xml": b"\xff\x00\xff"}, IMS),
    "cmi5": ({"cmi5.xml": b"<courseStructure/>"}, CMI5),
    "H5P": ({"h5p.json": b"{}", "content/content.json": b"{}"}, H5P),
    "Word": ({"word/document.xml": b"<w/>", "[Content_Types].xml": b"<Types/>"}, WORD),
    "PowerPoint": ({"ppt/presentation.xml": b"<p/>"}, SLIDES),
    "Excel": ({"xl/workbook.xml": b"<x/>"}, SHEET),
    "OpenDocument": ({"mimetype": b"application/vnd.oasis.opendocument.text"}, OPEN_DOCUMENT),
    "a book": ({"mimetype": b"application/epub+zip"}, EPUB),
    "files": ({"notes.txt": b"Tea."}, UNKNOWN),
    "nothing": ({}, EMPTY),
    "a recipe": ({"course.xml": b"<course><step>Boil.</step></course>"}, UNKNOWN),
}


@pytest.mark.parametrize("kind", STRANGERS)
@pytest.mark.parametrize("pack", [as_tar, as_zip])
def test_an_archive_of_something_else_is_named_with_what_is_accepted(refusal, kind, pack):
    files, sentence = STRANGERS[kind]
    assert refusal(pack(files)) == (f"{sentence} {ACCEPTED}", "format_unknown")


REAL = {
    "moodle/lincs-teal-formative-assessment-nofiles.mbz": MOODLE,
    "cc/instructure-canvas_cc_gem_course.imscc": CANVAS,
    "cc/py4e_export.imscc": CARTRIDGE,
    "cc/allyworkshop.imscc": CANVAS,
    "scorm/golf-RuntimeMinimumCalls_SCORM12.zip": SCORM,
    "scorm/golf-RuntimeBasicCalls_SCORM20043rdEdition.zip": SCORM,
    "h5p/valid2.h5p": H5P,
    "cmi5/pre_post_test_framed.zip": CMI5,
}


@needs_shared
@pytest.mark.parametrize("name", REAL)
def test_real_archives_of_other_systems_are_named(refusal, name):
    data = (SHARED / name).read_bytes()
    assert refusal(data, name.split("/")[-1]) == (f"{REAL[name]} {ACCEPTED}", "format_unknown")


def a_plain_tar() -> bytes:
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w") as archive:
        entry = tarfile.TarInfo("course/course.xml")
        entry.size = 9
        archive.addfile(entry, io.BytesIO(b"<course/>"))
    return stream.getvalue()


NOTHING_OF_THE_KIND = "This file is no archive and no Markdown, whatever it is called."


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (PDF, f"This is a PDF file. {NOT_AN_ARCHIVE}"),
        (a_picture(), f"This is a PNG file. {NOT_AN_ARCHIVE}"),
        (b"7z\xbc\xaf\x27\x1c" + bytes(60), f"This is a 7Z file. {NOT_AN_ARCHIVE}"),
        (b"Rar!\x1a\x07\x00" + bytes(60), f"This is a RAR file. {NOT_AN_ARCHIVE}"),
        (a_plain_tar(), f"This is a TAR file. {NOT_AN_ARCHIVE}"),
        (b"<quiz/>", f"{NOTHING_OF_THE_KIND} {NOT_AN_ARCHIVE}"),
        (b"", f"{NOTHING_OF_THE_KIND} {NOT_AN_ARCHIVE}"),
    ],
)
def test_a_file_that_is_no_archive_is_named(refusal, data, sentence):
    assert refusal(data) == (sentence, "not_an_archive")


def two_courses(first: str, second: str) -> dict[str, bytes]:
    files = {name.removeprefix("course/"): data for name, data in a_leaflet().items()}
    return {f"{root}{name}": data for root in (first, second) for name, data in files.items()}


@pytest.mark.parametrize(
    ("first", "second"), [("one/", "two/"), ("a/one/", "b/c/two/"), ("", "old/"), ("x/", "x/y/")]
)
def test_of_two_courses_none_is_taken_and_both_are_named(refusal, first, second):
    assert refusal(as_tar(two_courses(first, second))) == (
        f"This archive holds more than one course: “{first}course.xml” and "
        f"“{second}course.xml”. Pack the one to be imported alone.",
        "several_courses",
    )


def test_a_library_is_called_one(refusal):
    assert refusal(as_tar({"library/library.xml": b"<library/>"})) == (str(LIBRARY), "library")


@pytest.fixture
def told(catalogue, ada, packed):
    """(outcome, reasons, remarks) of one component of a leaflet."""

    def run(source_id="page", **changed):
        path = packed(as_tar(a_leaflet(**changed)))
        _course, report = import_course(path=path, producer=ada)
        part = next(p for p in report.course.components if p.source_id == source_id)
        return part.outcome, part.reasons, part.remarks

    return run


def written_out(data: bytes, kind: str) -> str:
    return f"data:image/{kind};base64,{base64.b64encode(data).decode()}"


PICTURE = '<p>Look:</p><img src="{}" alt="A leaf">'
DRAWN = "a drawing written in the page (SVG) was left out"
BROKEN = "a picture written into the page could not be read as one"
PAGES = {
    "a picture written into the page": (PICTURE.format(written_out(a_picture(), "png")), []),
    "one under a wrong name": (PICTURE.format(written_out(a_picture("GIF"), "jpeg")), []),
    "one that is none": (PICTURE.format(written_out(b"tea", "png")), [BROKEN]),
    "one in no base64": (PICTURE.format("data:image/png;base64,%%%"), [BROKEN]),
    "a drawing written into an address": (
        PICTURE.format(written_out(b"<svg/>", "svg+xml")),
        [DRAWN],
    ),
    "a drawing in the page": ("<p>Look:</p><svg><text>x</text></svg>", [DRAWN]),
    "a picture elsewhere": (
        PICTURE.format("https://example.org/leaf.png"),
        ["a picture kept on another site became a link"],
    ),
    "a picture that is gone": (
        PICTURE.format("/static/gone.png"),
        ["a picture that is not in the archive was left out"],
    ),
    "a link of another kind": (
        '<p><a href="ftp://example.org/tea">Tea</a> <a href="https://u:p@example.org">x</a></p>',
        ["links with an address that cannot be kept here were taken off their words"],
    ),
    "a link inside": (
        '<p><a href="/courses/course-v1:a+b+c/progress">Tea</a></p>',
        ["links that only lead somewhere inside Open edX were taken off their words"],
    ),
    "a recording elsewhere": (
        '<p>x</p><audio src="https://example.org/tea.mp3"></audio>',
        ["a recording kept on another site became a link"],
    ),
    "a film elsewhere": (
        '<p>x</p><video><source src="https://example.org/tea.mp4"></video>',
        ["a video kept on another site became a link"],
    ),
    "a recording that is gone": (
        '<p>x</p><audio src="/static/tea.mp3"></audio>',
        ["a player whose file is not in the archive was left out"],
    ),
    "a recording written into the page": (
        '<p>x</p><audio src="data:audio/mp3;base64,AAAA"></audio>',
        ["a film or a sound written into the page was left out"],
    ),
    "very deep": (
        "<div>" * 90 + "tea" + "</div>" * 90,
        ["what was nested very deeply gave its words alone"],
    ),
    "letters of old": (
        "<p>Café crème à la carte; garçon, voilà l'été où naît la forêt.</p>".encode("cp1252"),
        ["its text is not UTF-8; it was read as cp1252, by its look"],
    ),
    "Cyrillic of old": (
        (
            "<p>Чай пьют горячим и медленно, а воду для него кипятят один раз. "
            "Зелёный чай заваривают водой в восемьдесят градусов.</p>"
        ).encode("cp1251"),
        ["its text is not UTF-8; it was read as cp1251, by its look"],
    ),
    "letters lost before": ("<p>Caf\ufffd</p>", ["letters of it were lost before it was exported"]),
    "UTF-16 with its mark": ("<p>Café</p>".encode("utf-16"), []),
}


@pytest.mark.parametrize("situation", PAGES)
def test_a_page_says_the_true_reason(told, situation):
    html, reasons = PAGES[situation]
    outcome = Outcome.DEGRADED if reasons else Outcome.IMPORTED
    assert told(
        html=html if isinstance(html, str) else "",
        **({} if isinstance(html, str) else {"html/page.html": html}),
    ) == (outcome, reasons, [])


def test_a_page_in_no_encoding_is_left_out(told):
    assert told(**{"html/page.html": b"\x00\xff\xfe\x9c" * 40}) == (
        Outcome.LEFT_OUT,
        ["its text is in an encoding that cannot be told"],
        [],
    )


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("", "it names no video"),
        ('edx_video_id="9f4c"', "its video is kept by Open edX and not in the archive"),
        ('source="http://example.org/tea.mp4"', "its video has no secure address (https)"),
        ('source="/static/gone.mp4"', "its video file is not in the archive"),
        ('source="javascript:alert(1)"', "the address of its video cannot be used here"),
    ],
)
def test_a_video_without_a_source_says_why(told, written, reason):
    film = f'<video url_name="film" display_name="Film" {written}/>'
    assert told("film", problem=film) == (Outcome.LEFT_OUT, [reason], [])


def test_a_second_track_in_one_language_is_called_one(told):
    film = """<video url_name="film" display_name="Film" youtube_id_1_0="dQw4w9WgXcQ"
        transcripts='{"de": "film.srt", "de-DE": "film.srt", "tlh": "film.srt"}'/>"""
    assert told("film", problem=film, **{"static/film.srt": SRT}) == (
        Outcome.DEGRADED,
        [
            "a second caption track in one language was left out",
            "captions in a language that cannot be named here were left out",
        ],
        [],
    )


def choices(count: int) -> str:
    options = "".join(f'<choice correct="{str(n == 0).lower()}">{n}</choice>' for n in range(count))
    return f"""<problem url_name="ask"><multiplechoiceresponse><label>Which?</label><choicegroup>
        {options}</choicegroup></multiplechoiceresponse></problem>"""


def test_a_list_of_options_that_is_too_long_says_how_long_it_may_be(told):
    most = OptionsQuestionBlock.base_blocks["options"].meta.max_num
    outcome, reasons, _remarks = told("ask", problem=choices(most + 1))
    assert outcome is Outcome.LEFT_OUT
    assert reasons == [
        f"a question with {most + 1} options was left out: here it has at most {most}"
    ]


def test_a_link_in_a_question_becomes_its_words_and_address(told):
    asked = choices(2).replace("Which?", '<a href="https://example.org/q">Which?</a>')
    assert told("ask", problem=asked) == (
        Outcome.DEGRADED,
        ["links in a question became the words and the address"],
        [],
    )
    body = LessonPage.objects.get(title="One page").body.raw_data
    assert "Which? (https://example.org/q)" in body[1]["value"]["question"]


@pytest.mark.parametrize(
    ("written", "remarks"),
    [
        ('max_attempts="1"', ["it could be tried 1 time; a quiz here may be taken again"]),
        ('max_attempts="3"', ["it could be tried 3 times; a quiz here may be taken again"]),
        ('weight="2.5"', ["it counted 2.5 points; each question here counts one"]),
        ('weight="0"', ["it counted 0 points; each question here counts one"]),
        ('weight="1.0" max_attempts="null"', []),
        ('max_attempts="many" weight="NaN"', []),
        ('max_attempts="1000000" weight="-1" submission_wait_seconds="0"', []),
        ('rerandomize="null" showanswer="always"', []),
        ('rerandomize="false"', []),
        (
            'rerandomize="always"',
            ["its numbers or words were drawn anew for each learner; here they are fixed"],
        ),
        (
            'submission_wait_seconds="60"',
            ["another try had to wait 60 seconds; here it does not"],
        ),
        (
            'showanswer="never"',
            ["its answer was shown at a time that its course chose; here it follows a try"],
        ),
        (
            'display_name="Checkboxes"',
            ["its title “Checkboxes” says only what kind of exercise it is and was left out"],
        ),
    ],
)
def test_attempts_and_weights_are_remarked_of_what_came_in_full(told, written, remarks):
    asked = choices(2).replace("<problem ", f"<problem {written} ")
    assert told("ask", problem=asked) == (Outcome.IMPORTED, [], remarks)


def test_remarks_stand_in_the_text_of_the_report(catalogue, ada, packed):
    asked = choices(2).replace("<problem ", '<problem max_attempts="2" ')
    _course, report = import_course(path=packed(as_tar(a_leaflet(problem=asked))), producer=ada)
    assert report.as_text().endswith(
        "\nRemarks (1):\n  All of it › Here › One page › problem “ask”\n"
        "    it could be tried 2 times; a quiz here may be taken again\n"
    )


def test_notes_on_the_whole_course_are_told(catalogue, ada, packed):
    files = the_tea_course(
        **{
            "about/effort.html": "5 hours",
            "about/overview.html": '<p>Tea.</p><img src="/static/tea_leaf.png">',
            "about/short_description.html": "Long words. " * 30,
            "drafts/vertical/lost.xml": "<vertical/>",
            "drafts/vertical/broken.xml": "<vertical>",
        }
    )
    _course, report = import_course(path=packed(as_tar(files)), producer=ada)
    notes = report.course.notes
    assert "About pages that have no place here were left out: effort." in notes
    assert "Pictures, films and files in its description were left out." in notes
    assert any(note.startswith("A text about the course was shortened to “Long") for note in notes)
    assert "“drafts/vertical/lost.xml” belongs to no section and was left out." in notes
    assert "“drafts/vertical/broken.xml” cannot be read and was left out." in notes


def test_what_was_left_out_has_no_attempts_to_tell():
    lost = ImportedComponent("problem", "ask", "")
    lost.leave_out("an exercise checked by a program of its own")

    tell_grading(lost, fromstring('<problem max_attempts="3" weight="2"/>'))

    assert lost.remarks == []


def test_one_of_two_folders_says_nothing_of_the_archive():
    def holding(*names: str) -> str:
        return what_it_is(Archive(dict.fromkeys(names, 0), lambda name: b""))

    assert holding("a/moodle_backup.xml", "a/files.xml") == MOODLE
    assert holding("a/moodle_backup.xml", "b/notes.txt") == UNKNOWN
    assert holding() == EMPTY


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_manifest_is_read_in_either_encoding(encoding):
    manifest = "<manifest><schema>ADL SCORM</schema></manifest>".encode(encoding)

    assert what_it_is(Archive({"imsmanifest.xml": 9}, lambda name: manifest)) == SCORM


def test_a_manifest_that_cannot_be_read_says_only_that_it_is_there():
    def damaged(name: str) -> bytes:
        raise UnreadableEntry("damaged", code="entry_damaged")

    assert what_it_is(Archive({"imsmanifest.xml": 9}, damaged)) == IMS
