"""What becomes of single pieces: stored once, bounded, and whatever is lost is told."""

from types import SimpleNamespace

import pytest

from courses.blocks.questions import MOST_HINTS
from courses.blocks.tables import MOST_TABLES
from courses.exchange.bodies import BodyWriter
from courses.exchange.bodies.complaints import complain
from courses.exchange.bodies.media import LONGEST_VIDEO, NO_ALT
from courses.exchange.bodies.questions import question
from courses.exchange.media import NotStored
from courses.exchange.neutral import (
    ABSENT,
    PLACE,
    Clip,
    Embed,
    Heading,
    ImportedComponent,
    ImportedLesson,
    NeutralOption,
    NeutralQuestion,
    Note,
    Outcome,
    Picture,
    Prose,
    Table,
)


class Store:
    """Media that were stored already; captions end where they are told to."""

    def __init__(self, **captions: tuple[int, str]) -> None:
        self.told = captions

    def image(self, entry: str, title: str) -> SimpleNamespace:
        return SimpleNamespace(pk=7)

    def captions(self, entry: str, title: str, language: str) -> SimpleNamespace:
        if entry not in self.told:
            raise NotStored("a transcript that cannot be read was left out")
        end, guess = self.told[entry]
        return SimpleNamespace(document=SimpleNamespace(pk=len(entry)), end=end, guess=guess)


def a_writer(store: Store | None = None, language: str = "en", **places: int) -> BodyWriter:
    known = {name: f"lesson-{name}" for name in places}
    pages = {f"lesson-{name}": page for name, page in places.items()}
    return BodyWriter(media=store or Store(), pages=pages, places=known, language=language)


def a_part(*pieces) -> ImportedComponent:
    return ImportedComponent("html", "part", "", pieces=list(pieces))


def test_what_lost_its_only_piece_is_left_out_and_what_lost_one_of_two_is_not_whole():
    alone, rich = a_part(Prose("<p>a</p>")), a_part(Prose("<p>a</p>"), Prose("<p>b</p>"))
    for part in (alone, rich):
        complain(part, "it was damaged")

    assert (alone.outcome, alone.pieces, alone.reasons) == (
        Outcome.LEFT_OUT,
        [],
        ["it was damaged"],
    )
    assert (rich.outcome, len(rich.pieces), rich.reasons) == (
        Outcome.DEGRADED,
        2,
        ["it was damaged"],
    )


def test_the_first_reason_of_what_was_left_out_stays():
    part = a_part()
    part.leave_out("polls have no counterpart here")

    complain(part, "it was damaged")
    part.degrade("and shortened")

    assert part.outcome is Outcome.LEFT_OUT
    assert part.reasons[0] == "polls have no counterpart here"
    assert "it was damaged" not in part.reasons


@pytest.mark.parametrize(("language", "order"), [("en", ["en", "de"]), ("de", ["de", "en"])])
def test_captions_in_the_language_of_the_course_come_first(language, order):
    part = a_part()
    film = Clip("Film", youtube="dQw4w9WgXcQ", captions={"de": "d.srt", "en": "e.srt"})
    store = Store(**{"d.srt": (20, ""), "e.srt": (90, "")})

    _kind, value = a_writer(store, language).media.video(film, part)

    assert [track["language"] for track in value["captions"]] == order
    assert (value["duration"], part.outcome) == (90, Outcome.IMPORTED)


def test_a_part_of_a_video_has_not_the_length_of_the_whole():
    film = Clip("Film", youtube="dQw4w9WgXcQ", captions={"en": "e.srt"}, excerpt=True)

    _kind, value = a_writer(Store(**{"e.srt": (90, "")})).media.video(film, a_part())

    assert value["duration"] is None


@pytest.mark.parametrize(
    ("end", "kept"), [(0, None), (LONGEST_VIDEO, LONGEST_VIDEO), (LONGEST_VIDEO + 1, LONGEST_VIDEO)]
)
def test_a_video_is_no_longer_than_its_field_takes(end, kept):
    film = Clip("Film", youtube="dQw4w9WgXcQ", captions={"en": "e.srt"})

    _kind, value = a_writer(Store(**{"e.srt": (end, "")})).media.video(film, a_part())

    assert value["duration"] == kept


def test_captions_that_were_guessed_or_lost_are_told():
    part = a_part()
    film = Clip("Film", youtube="dQw4w9WgXcQ", captions={"de": "lost.srt", "en": "e.srt"})

    _kind, value = a_writer(Store(**{"e.srt": (9, "cp1252")})).media.video(film, part)

    assert [track["language"] for track in value["captions"]] == ["en"]
    assert (part.outcome, part.reasons) == (
        Outcome.DEGRADED,
        [
            "a transcript that cannot be read was left out",
            "captions that are not UTF-8 were read as cp1252, by their look",
        ],
    )


def test_a_video_of_another_site_becomes_a_link_and_says_so():
    part = a_part()

    kind, value = a_writer().media.video(Clip("Film", url="https://cdn.example/a.mp4"), part)

    assert (kind, value["type"], value["url"]) == ("resource", "link", "https://cdn.example/a.mp4")
    assert part.reasons == ["a video kept on another site became a link"]


def test_a_description_that_is_too_long_follows_its_picture_whole():
    words = "leaf " * 400
    part = a_part()

    (_image, picture), *text = a_writer().media.described_picture(Picture("a.png", words), part)

    assert picture["alt"].endswith("leaf…")
    assert text == [("rich_text", f"<p>{words}</p>")]


def test_a_picture_without_a_description_is_told():
    part = a_part()

    ((_image, picture),) = a_writer().media.described_picture(Picture("static/tea_leaf.png"), part)

    assert (picture["alt"], part.reasons) == ("tea leaf", [str(NO_ALT)])


def asked(*hints: str, text: str = "<p>Which?</p>") -> NeutralQuestion:
    options = [NeutralOption("a", True), NeutralOption("b", False)]
    return NeutralQuestion("single", text, options, hints=list(hints))


@pytest.mark.parametrize("more", [0, 1, 3])
def test_the_last_hint_says_what_the_others_left(more):
    hints = [f"<p>Hint {number}</p>" for number in range(MOST_HINTS + more)]

    _kind, value = question(asked(*hints), a_writer().texts, a_part())

    shown = [hint["value"] for hint in value["hints"]]
    assert len(shown) == MOST_HINTS
    assert "".join(shown) == "".join(hints)


@pytest.mark.parametrize(
    ("link", "words"),
    [
        ('<a href="https://a.example/q">Here</a>', "Here (https://a.example/q)"),
        ('<a href="https://a.example/q">https://a.example/q</a>', "https://a.example/q"),
        (f'<a href="{PLACE}unit">Here</a>', "Here"),
    ],
)
def test_a_link_in_a_question_leaves_its_address_unless_it_is_said_already(link, words):
    part = a_part()

    _kind, value = question(asked(text=f"<p>{link}</p>"), a_writer().texts, part)

    assert value["question"] == f"<p>{words}</p>"
    assert part.reasons == ["links in a question became the words and the address"]


def test_a_link_to_a_place_that_did_not_come_along_becomes_its_words():
    rich = a_writer(here=12).texts.rich

    assert rich(f'<p><a href="{PLACE}here">Next</a></p>') == (
        '<p><a id="12" linktype="page">Next</a></p>'
    )
    assert rich(f'<p><a href="{PLACE}gone">Next</a></p>') == "<p>Next</p>"


def test_as_many_tables_as_a_lesson_may_hold_come_along():
    parts = [a_part(Table([[f"<p>{number}</p>"]])) for number in range(MOST_TABLES + 1)]

    body = a_writer().write(ImportedLesson("Long", "long", parts))

    assert len(body) == MOST_TABLES
    assert [part.outcome for part in parts[-2:]] == [Outcome.IMPORTED, Outcome.LEFT_OUT]
    assert parts[-1].reasons == [
        f"a lesson holds at most {MOST_TABLES} tables; those that came after were left out"
    ]


def test_a_caption_that_is_too_long_is_shortened_and_told():
    part = a_part(Table([["<p>a</p>"]], caption="tea " * 400))

    _kind, value = a_writer().texts.table(part.pieces[0], part)

    assert len(value["cells"]["caption"]) <= 1_000
    assert part.reasons == ["a text too long for its field was shortened"]


def test_headings_have_two_levels_from_the_first_on():
    part = a_part(*(Heading(str(level), level) for level in (3, 4, 2, 6)))

    body = a_writer().write(ImportedLesson("Levels", "levels", [part]))

    assert [block["value"]["level"] for block in body] == ["2", "3", "2", "3"]


def test_what_is_absent_is_said_once_however_often_it_is():
    notes = [Note("<p>A game stood here.</p>", str(ABSENT)) for _ in range(3)]

    body = a_writer().write(ImportedLesson("Games", "games", [a_part(*notes)]))

    assert [block["value"]["text"] for block in body] == ["<p>A game stood here.</p>"]


def test_a_lesson_that_was_empty_says_so():
    (block,) = a_writer().write(ImportedLesson("Empty", "empty"))

    assert block["value"]["text"] == "<p>This lesson was empty in the original course.</p>"


def test_a_block_that_the_editor_would_refuse_is_left_out_with_its_reason():
    part = a_part(Embed("http://[", "Odd"), Prose("<p>Words</p>"))

    body = a_writer().write(ImportedLesson("Odd", "odd", [part]))

    assert [block["type"] for block in body] == ["rich_text"]
    assert part.outcome is Outcome.DEGRADED
    assert part.reasons[0].startswith("a block of it did not pass the checks (")
