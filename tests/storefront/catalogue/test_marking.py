"""The words of a search, marked where they stand: in the title and in one line of the course."""

import re

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from courses.words.folding import forms, placed_forms
from storefront.catalogue import catalogue_sheet, marking
from storefront.catalogue.browsing import answer, read_query
from storefront.catalogue.entries import MOST_TOLD
from storefront.catalogue.search import search_vector
from storefront.models import CatalogueEntry
from tests.builders import a_released_course
from tests.courses.words.golden import GOLDEN

pytestmark = pytest.mark.django_db
MARK = re.compile("<mark>(.*?)</mark>")


def found(text: str) -> list[CatalogueEntry]:
    parameters = QueryDict(mutable=True)
    parameters["q"] = text
    return answer(read_query(parameters, categories=[]), categories=[]).page.rows


def marked(text: str) -> tuple[list[str], list[str]]:
    """What is marked in the title and in the line of the only course that is found."""
    (entry,) = found(text)
    return MARK.findall(entry.marked.title), MARK.findall(entry.marked.line)


def retitled(course, title: str, language: str) -> None:
    """The course's entry, shown and indexed by this title alone."""
    vector = search_vector(language=language, weighted=[("A", title)])
    told = {"subtitle": "", "told": [], "tags": [], "language": language[:2]}
    CatalogueEntry.objects.filter(pk=course.pk).update(title=title, search=vector, **told)


@pytest.fixture
def maps(ada):
    return a_released_course(
        by=ada,
        title="Mapping & surveys for <everybody>",
        subtitle="Draw a valley that people can trust.",
        what_you_will_learn=[("item", "Read contours & heights"), ("item", "Measure a slope")],
        syllabus=["Contours from a loaf of bread", "Café on the hill"],
    )


@pytest.mark.parametrize(
    ("text", "title", "line"),
    [
        ("map", ["Mapping"], []),  # by its beginning
        ("surveying", ["surveys"], []),  # by its stem
        ("SURVEY valleys", ["surveys"], ["valley"]),
        ("trust people", [], ["people", "trust"]),
        ("slope", [], ["slope"]),
        ("contours loaf", [], ["Contours", "loaf"]),  # the line with most of them
        ("cafe", [], ["Café"]),  # without the accent
        ("the map", ["Mapping"], []),  # a word that says nothing is not looked for
        ("okafor", [], []),  # the producer's name is no line
    ],
)
def test_what_was_found_is_marked(maps, text, title, line):
    assert marked(text) == (title, line)


def test_marks_never_break_what_is_escaped(maps, client):
    page = client.get("/courses/?q=everybody+survey").content.decode()

    assert "Mapping &amp; <mark>surveys</mark> for &lt;<mark>everybody</mark>&gt;</a>" in page
    assert "<everybody>" not in page
    assert "Draw a valley that people can trust." in page  # the line, where nothing else is found
    assert "<mark>" not in client.get("/courses/").content.decode()


def test_a_card_is_remembered_with_its_marks_and_without(maps, client):
    plain = "Mapping &amp; surveys for &lt;everybody&gt;"

    for _ in range(2):
        assert "<mark>Mapping</mark>" in client.get("/courses/?q=map").content.decode()
        assert plain in client.get("/courses/").content.decode()


@pytest.mark.parametrize("sample", GOLDEN, ids=lambda sample: sample.language)
def test_in_every_language_what_finds_a_title_is_marked_in_it(bruno, sample):
    course = a_released_course(by=bruno, title="Sewing", syllabus=["Thread"])
    retitled(course, sample.text, sample.language)

    for query in sample.finds:
        (entry,) = found(query)
        title = entry.marked.title
        assert MARK.findall(title), query
        written = re.sub("</?mark>", "", title)
        assert written.replace("&amp;", "&").replace("&#x27;", "'").replace("&quot;", '"') == (
            sample.text
        )


@pytest.mark.parametrize(
    ("title", "asked", "marks"),
    [
        ("日本料理の歴史", "料理", ["料理"]),
        ("日本料理の歴史", "日本料理", ["日本料理"]),
        ("葛\U000e0100城市 歴史", "葛城", ["葛\U000e0100城"]),
        ("Node.js and C++17", "node js c++", ["Node.js", "C++17"]),
        ("ﾊﾞﾅﾅ入門", "バナナ", ["ﾊﾞﾅﾅ入門"]),  # two signs for one letter: all of it
        ("تعلم الرسم", "رسم", ["الرسم"]),
    ],
)
def test_words_without_spaces_signs_and_spellings_are_marked_as_they_are_written(
    bruno, title, asked, marks
):
    retitled(a_released_course(by=bruno, title="Sewing", syllabus=["Thread"]), title, "ja")

    assert marked(asked)[0] == marks


@pytest.mark.parametrize("sample", GOLDEN, ids=lambda sample: sample.language)
def test_every_form_knows_where_it_is_written(sample):
    placed = list(placed_forms(sample.text))

    assert [form for _start, _end, form in placed] == list(forms(sample.text))
    for start, end, form in placed:
        assert form.text in [each.text for each in forms(sample.text[start:end])]


def test_a_long_line_is_cut_around_its_first_mark(ada):
    long = " ".join(f"word{n}" for n in range(60)) + " gusset and more " + "end " * 40
    a_released_course(by=ada, title="Sewing", what_you_will_learn=[("item", long)], syllabus=["A"])

    (entry,) = found("gusset")

    assert "<mark>gusset</mark>" in entry.marked.line
    assert entry.marked.line.startswith("…word") and entry.marked.line.endswith("…")
    assert len(MARK.sub(r"\1", entry.marked.line)) <= 162


def test_of_a_very_long_course_the_first_lines_are_kept_and_every_word_is_found(ada):
    lessons = [f"Lesson number {n} of cloth and thread and needles" for n in range(160)]
    a_released_course(by=ada, title="Sewing", syllabus=[*lessons, "Gusset"])

    entry = CatalogueEntry.objects.get()
    assert sum(map(len, entry.told)) <= MOST_TOLD < sum(map(len, lessons))
    assert marked("gusset") == ([], [])
    assert marked("number 9")[1] == ["number", "9"]


def test_marks_cost_no_statement(maps, client):
    def cost(address: str) -> int:
        client.get(address)
        catalogue_sheet._of_words._store.drop(None)
        with CaptureQueriesContext(connection) as asked:
            client.get(address)
        return len(asked)

    assert cost("/courses/?q=map") == cost("/courses/?q=zzzz&level=all") == 2


def test_lines_are_counted_and_only_what_is_shown_is_read_word_by_word(ada, monkeypatch):
    """The name of the lesson is the line with most of the words; the others are counted."""
    names = [f"Gusset number {n}" for n in range(40)]
    a_released_course(
        by=ada, title="Sewing", syllabus=[*names, "Gusset and bobbin", "日本語 gusset"]
    )
    read = []
    marking._words_of.cache_clear()
    monkeypatch.setattr(
        marking, "placed_forms", lambda line: read.append(line) or placed_forms(line)
    )

    (entry,) = found("gusset bobbin")

    assert MARK.findall(entry.marked.line) == ["Gusset", "bobbin"]
    assert set(read) == {"Sewing", "Gusset and bobbin", "日本語 gusset"}
