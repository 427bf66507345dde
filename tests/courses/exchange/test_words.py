"""All words of an import are marked: in the accented language each stands in brackets."""

import pytest
from django.utils.translation import override

from courses.errors import CourseError
from courses.exchange.build import import_course
from courses.exchange.errors import ImportRefused
from courses.exchange.formats.olx.roots import LIBRARY
from courses.exchange.neutral import Note
from courses.exchange.report import Report
from courses.models import CourseDocument, LessonPage
from perfomix.languages import pseudo

from .exports import as_tar, the_tea_course


def plain(texts) -> list[str]:
    """Those of the texts in which no marked word stands."""
    return [text for text in texts if "⟦" not in text]


@pytest.fixture
def in_accents():
    with override(pseudo.ACCENTED):
        yield


@pytest.fixture
def told(in_accents, read):
    """What the report of the tea course says while the language is the accented one."""
    return Report(read()).as_dict()


def test_every_reason_and_every_note_of_a_report_is_marked(told):
    reasons = [reason for line in told["components"] for reason in line["reasons"]]
    assert len(reasons) == 27
    assert plain(reasons) == []
    assert len(told["notes"]) == 4
    assert plain(told["notes"]) == []


def test_what_a_program_reads_of_a_report_stays_the_same_in_every_language(told, read):
    with override("en"):
        english = Report(read()).as_dict()
    for key in ("title", "counts", "outcomes", "kinds"):
        assert told[key] == english[key]
    for line in [*told["components"], *english["components"]]:
        line.pop("reasons")
        line.pop("remarks")
    assert told["components"] == english["components"]


def test_the_headings_of_a_report_are_marked_and_count(told, read):
    lines = Report(read()).as_text().splitlines()
    ours = [lines[1], *(line for line in lines[3:] if line and not line.startswith("  "))]
    assert len(ours) == 4
    assert plain(ours) == []
    assert "12" in ours[-1]


def test_a_report_is_kept_in_the_language_it_was_written_in(told):
    with override("en"):
        again = dict(told)
    reasons = [reason for line in again["components"] for reason in line["reasons"]]
    assert {type(reason) for reason in reasons} == {str}
    assert plain(reasons) == []


def test_notes_that_stand_for_what_is_missing_are_marked_and_the_courses_own_words_are_not(
    in_accents, read
):
    course = read()
    notes = [p for part in course.components for p in part.pieces if isinstance(p, Note)]
    of_ours = [note for note in notes if note.title and note.tone == "note"]
    assert len(of_ours) >= 10
    assert plain(note.title for note in of_ours) == []
    titles = [lesson.title for lesson in course.lessons]
    assert titles[:3] == ["Six kinds", "Games", "Way A"]


@pytest.mark.django_db
def test_a_lesson_of_which_nothing_came_says_so_in_marked_words(catalogue, ada, packed, in_accents):
    course, _ = import_course(path=packed(as_tar(the_tea_course())), producer=ada)
    (block,) = LessonPage.objects.descendant_of(course).get(title="Nothing here").body.raw_data
    assert plain([block["value"]["title"], block["value"]["text"]]) == []
    titles = [document.title for document in CourseDocument.objects.all()]
    assert [title for title in titles if title.startswith("⟦") and "Harvest" in title]


def test_a_refusal_is_said_in_the_readers_language_and_keeps_its_code(packed, in_accents, read):
    with pytest.raises(ImportRefused) as refused:
        read(**{"chapter/leaf.xml": "<chapter>"})
    assert str(refused.value).count("⟦") == 2
    assert refused.value.code == "structure_unreadable"
    assert str(LIBRARY).startswith("⟦")


@pytest.mark.django_db
def test_a_person_who_does_not_teach_is_refused_in_marked_words(catalogue, cleo, packed):
    path = packed(as_tar(the_tea_course()))
    with override(pseudo.ACCENTED), pytest.raises(CourseError) as refused:
        import_course(path=path, producer=cleo)
    assert str(refused.value).startswith("⟦cleo@example.com")
    assert refused.value.code == "not_a_producer"
