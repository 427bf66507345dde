"""What is written for the demo: readable, whole, and right where a machine can tell."""

import re
import tomllib
from collections import Counter
from decimal import Decimal
from pathlib import Path
from uuid import uuid4

import pytest
from django.db import connection

import home
from courses.blocks import LessonStream
from courses.models import Level, StructureType
from courses.models.choices import Currency
from home.demo.people import written_people
from home.demo.reading import CONTENT, written_courses
from home.demo.syntax import SyntaxMistake, parse_lesson
from home.demo.year import written_trade

COMPLETE = {"maps-people-can-trust": 31, "plain-sentences": 10, "the-patient-analyst": 52}
# A lesson that only reads must say something; films and quizzes may be short.
FEWEST_WORDS = 90
SPACELESS = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]")
FOUNDING = Path(home.__path__[0]) / "content"
LARGEST_MEDIA = 4_000_000


class Files:
    """Stands in for the media of a course: every name must be a file."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder / "files"

    def image(self, name):
        assert (self._folder / name).is_file(), f"{name} is missing in {self._folder}"
        return 1

    document = image

    def text(self, name):
        return (self._folder / name).read_text()


def lessons():
    for course in written_courses():
        shelf = Files(course.folder)
        for written in course.lessons():
            text = parse_lesson(written.path.read_text(), shelf=shelf, seed=written.uuid)
            yield course, written, text


@pytest.fixture(scope="module")
def parsed():
    return list(lessons())


def of_type(parsed, kind):
    return [block["value"] for *_, text in parsed for block in text.body if block["type"] == kind]


def test_three_courses_are_complete_and_twenty_one_short_ones_stand_beside_them(parsed):
    counted = Counter(course.name for course, *_ in parsed)

    assert {name: counted[name] for name in COMPLETE} == COMPLETE
    assert len(counted) == 24
    assert all(2 <= count <= 8 for name, count in counted.items() if name not in COMPLETE)
    free = [course.name for course in written_courses() if Decimal(course.facts["price"]) == 0]
    assert free == ["four-voices", "planilhas-sem-medo", "read-a-balance-sheet"]


@pytest.mark.parametrize(
    ("fact", "values"),
    [
        ("category", set(tomllib.loads((FOUNDING / "categories.toml").read_text()))),
        ("level", set(Level.values)),
        ("currency", set(Currency.values)),
        ("structure", set(StructureType.values)),
        ("language", {"en", "de", "fr", "es", "pt", "it", "hi", "ar", "ja"}),
    ],
)
def test_every_choice_that_a_course_has_is_made_by_one(fact, values):
    assert {course.facts[fact] for course in written_courses()} == values


def test_producers_come_from_many_places_and_tell_of_themselves():
    producers = [person for person in written_people() if person.get("role") == "producer"]
    taught = Counter(course.facts["producer"] for course in written_courses())

    assert len(producers) >= 20
    assert set(taught) == {person["email"] for person in producers}
    assert all(30 < len(person["bio"]) <= 600 for person in producers)
    assert sum(count > 1 for count in taught.values()) >= 3


def test_the_quizzes_are_spread_over_the_courses(parsed):
    kinds = {"single_choice", "multiple_choice", "true_false"}
    asking = {course.name for course, _, text in parsed if kinds & {b["type"] for b in text.body}}

    assert len(asking) >= 20


def test_opinions_are_many_and_of_many_minds():
    reviews = [one for told in written_trade() for one in told.get("review", [])]
    ratings = Counter(one["rating"] for one in reviews)
    words = [len(one["words"]) for one in reviews]

    assert len(reviews) >= 50
    assert set(ratings) == {1, 2, 3, 4, 5}
    assert ratings[5] > ratings[4] > ratings[3] > ratings[1]
    assert min(words) < 40 < 240 < max(words)


def test_every_kind_of_block_is_used(parsed):
    used = {block["type"] for *_, text in parsed for block in text.body}

    assert used == set(LessonStream().child_blocks)


def test_every_kind_of_resource_video_and_callout_is_used(parsed):
    videos = of_type(parsed, "video")

    assert {value["type"] for value in of_type(parsed, "resource")} == {"pdf", "link", "embed"}
    assert any(video["url"] for video in videos)
    assert any(video["file"] and video["captions"] and video["thumbnail"] for video in videos)
    kinds = {value["kind"] for value in of_type(parsed, "callout")}
    assert kinds == {"note", "tip", "warning", "exercise"}


def test_pictures_are_described_and_links_have_titles(parsed):
    assert all(20 < len(image["alt"]) <= 255 for image in of_type(parsed, "image"))
    assert all(value["title"] for value in of_type(parsed, "resource"))
    assert all(video["title"] for video in of_type(parsed, "video"))
    files = [file for value in of_type(parsed, "downloads") for file in value["files"]]
    assert all(file["value"]["title"] for file in files)


def test_every_answer_of_a_question_is_answered_back(parsed):
    for kind in ("single_choice", "multiple_choice"):
        for question in of_type(parsed, kind):
            for option in question["options"]:
                assert option["value"]["feedback"], question["question"]
    for question in of_type(parsed, "true_false"):
        assert question["feedback_true"], question["statement"]
        assert question["feedback_false"], question["statement"]


def test_no_mark_of_the_notation_is_left_in_the_text(parsed):
    for _, written, text in parsed:
        for block in text.body:
            if block["type"] == "rich_text":
                visible = re.sub(r"<code>.*?</code>|<[^>]+>", "", block["value"])
                assert not re.search(r"[*`]|:::|\]\(", visible), f"{written.path.name}: {visible}"


def test_a_lesson_says_something(parsed):
    for _, written, text in parsed:
        kinds = {block["type"] for block in text.body}
        if kinds & {"video", "single_choice", "multiple_choice", "true_false"}:
            continue
        told = written.path.read_text()
        # Where no space parts words, every second character counts as one.
        words = len(re.findall(r"\w+", told)) + len(SPACELESS.findall(told)) // 2
        assert words >= FEWEST_WORDS, f"{written.path.name} has {words} words"


def test_all_media_together_stay_small():
    sizes = [path.stat().st_size for path in CONTENT.glob("*/files/*")]

    assert sum(sizes) < LARGEST_MEDIA
    assert max(sizes) < 1_000_000


def test_every_file_is_named_in_a_lesson(parsed):
    written = "".join(path.read_text() for path in CONTENT.glob("**/*.md"))

    assert [path.name for path in CONTENT.glob("*/files/*") if path.name not in written] == []


@pytest.mark.parametrize(
    "body",
    [
        "```klingon\nnuqneH\n```",
        "```sql\nSELECT 1;",
        "::: carousel\n:::",
        "::: single\nWhich?\n:::",
        "::: image hill.webp\nwithout a name for this line\n:::",
    ],
)
def test_a_slip_in_the_notation_is_refused(body, tmp_path):
    (tmp_path / "files").mkdir()
    (tmp_path / "files" / "hill.webp").touch()
    lesson = f"---\ntitle: A slip\n---\n{body}\n"

    with pytest.raises(SyntaxMistake):
        parse_lesson(lesson, shelf=Files(tmp_path), seed=uuid4())


# The SQL course promises that every result is what PostgreSQL answered -----------------

ANALYST = CONTENT / "the-patient-analyst"
QUERY = re.compile(r"```sql\n([^`]*)```\n(?:```result\n([^`]*)```\n)?")


def test_every_query_of_the_sql_course_answers_what_the_lesson_shows(db):
    asked = 0
    with connection.cursor() as cursor:
        cursor.execute((ANALYST / "files" / "tool-library.sql").read_text())
        for path in sorted(ANALYST.glob("**/*.md")):
            for query, shown in QUERY.findall(path.read_text()):
                cursor.execute(query)
                if shown:
                    asked += 1
                    # Ties may come in any order; everything else is compared as shown.
                    assert sorted(as_table(cursor)) == sorted(shown.splitlines()), path.name

    assert asked > 75


def as_table(cursor) -> list[str]:
    """The rows as psql would align them, numbers to the right."""
    names = [column.name for column in cursor.description]
    rows = cursor.fetchall()
    columns = list(zip(*rows, strict=True)) if rows else [()] * len(names)
    texts = [[shown_value(value) for value in column] for column in columns]
    widths = [max(map(len, [name, *text])) for name, text in zip(names, texts, strict=True)]
    right = [is_number(column) for column in columns]

    def line(cells):
        padded = [
            cell.rjust(width) if to_right else cell.ljust(width)
            for cell, width, to_right in zip(cells, widths, right, strict=True)
        ]
        return " | ".join(padded).rstrip()

    count = f"({len(rows)} row{'' if len(rows) == 1 else 's'})"
    body = [line(cells) for cells in zip(*texts, strict=True)]
    return [line(names), "-+-".join("-" * width for width in widths), *body, count]


def shown_value(value) -> str:
    if value is None:
        return "(null)"
    return str(value).lower() if isinstance(value, bool) else str(value)


def is_number(column) -> bool:
    found = [value for value in column if value is not None]
    return bool(found) and all(
        isinstance(value, int | float | Decimal) and not isinstance(value, bool) for value in found
    )
