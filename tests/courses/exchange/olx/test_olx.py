"""The walk from course.xml: what is found, in what order, and what is refused."""

import random

import pytest

from courses.exchange.archive import open_archive
from courses.exchange.errors import ImportRefused
from courses.exchange.formats.olx.read import read_course
from courses.exchange.formats.olx.roots import ACCEPTED, LIBRARY
from courses.exchange.report import Report
from tests.courses.exchange.exports import (
    CHAPTERS,
    COMPONENTS,
    LESSONS,
    SEQUENTIALS,
    STRUCTURE,
    as_tar,
    as_zip,
    the_tea_course,
)


def read_files(packed, files, pack=as_tar):
    with open_archive(packed(pack(files))) as archive:
        return read_course(archive)


def refusal(packed, files):
    with pytest.raises(ImportRefused) as caught:
        read_files(packed, files)
    return str(caught.value)


def outline(course):
    return {
        chapter.title: {
            section.title: [lesson.title for lesson in section.lessons]
            for section in chapter.chapters
        }
        for chapter in course.chapters
    }


OUTLINE = {
    "The leaf": {"Six kinds of tea": ["Six kinds", "Games", "Way A", "Way B", "Oddments"]},
    "The cup": {"Brewing": ["Water", "Nothing here", "Pouring"]},
}


def test_pointers_inline_definitions_and_policy_titles_make_one_outline(read):
    course = read()
    assert outline(course) == OUTLINE
    assert (len(course.chapters), len(course.sections)) == (CHAPTERS, SEQUENTIALS)
    assert (len(course.lessons), len(course.components)) == (LESSONS, COMPONENTS)


@pytest.mark.parametrize("root", ["", "some-repository-4f2a/", "a/b/c/"])
@pytest.mark.parametrize("pack", [as_tar, as_zip])
def test_the_course_may_stand_anywhere_in_either_kind_of_archive(packed, root, pack):
    files = {name.replace("course/", root, 1): data for name, data in the_tea_course().items()}
    assert outline(read_files(packed, files, pack)) == OUTLINE


def test_the_course_nearest_to_the_top_is_the_one(packed):
    copy = {
        name.replace("course/", "course/about/copy/", 1): data
        for name, data in the_tea_course().items()
    }
    assert outline(read_files(packed, {**copy, **the_tea_course()})) == OUTLINE


def test_orphans_and_stray_copies_are_not_read(read):
    course = read()
    titles = {component.title for component in course.components}
    assert titles.isdisjoint({"Orphan", "Stray", "A stray copy"})
    assert [part.source_id for part in course.components].count("intro") == 1


def test_what_stands_inside_containers_follows_them(read):
    games = next(lesson for lesson in read().lessons if lesson.title == "Games")
    kinds = [(part.kind, part.source_id) for part in games.components][-5:]
    assert kinds == [
        ("library_content", "pool"),
        ("problem", "pooled"),
        ("conditional", "maybe"),
        ("html", "pool_text"),
        ("split_test", "ways"),
    ]


def test_facts_come_from_the_policy_before_the_xml(read):
    course = read()
    assert course.title == "Tea, from leaf to cup"
    assert course.subtitle == "Brew tea you want a second cup of."
    assert course.outcomes == ["Brew green tea without bitterness", "Name six kinds of tea"]
    assert course.description == "<h3>About</h3><p>A <b>calm</b> course.</p>"
    assert course.image == "course/static/cover.png"
    assert "Course updates and handouts were left out." in course.notes


def test_studios_sample_description_is_left_out(read):
    sample = "<p>Include your long course description here. It should contain 150 words.</p>"
    course = read(**{"about/overview.html": sample})
    assert course.description == ""
    assert any("sample text" in note for note in course.notes)


def test_a_chapter_that_is_missing_is_skipped_and_told(read):
    course = read(**{"chapter/leaf.xml": None})
    assert list(outline(course)) == ["The cup"]
    assert "“chapter/leaf.xml” is not in the archive and was skipped." in course.notes


def test_a_chapter_named_twice_is_read_once(read):
    twice = STRUCTURE["course/run1.xml"].replace(
        '<chapter url_name="leaf"/>', '<chapter url_name="leaf"/><chapter url_name="leaf"/>'
    )
    course = read(**{"course/run1.xml": twice})
    assert outline(course) == OUTLINE
    assert "“chapter/leaf.xml” is used twice; it was read once." in course.notes


def test_a_course_that_contains_itself_ends(read):
    loop = '<conditional><conditional url_name="maybe"/><html url_name="pool_text"/></conditional>'
    course = read(**{"conditional/maybe.xml": loop})
    assert [part.source_id for part in course.components].count("pool_text") == 1


def test_a_lesson_hidden_from_learners_is_told(read):
    hidden = '<vertical display_name="Oddments" visible_to_staff_only="true"/>'
    course = read(**{"vertical/oddments.xml": hidden})
    assert "Only staff saw the lesson “Oddments” in the original." in course.notes


def test_a_library_is_refused(packed):
    assert refusal(packed, {"library/library.xml": b'<library display_name="Bank"/>'}) == LIBRARY


def test_an_archive_of_something_else_is_refused(packed):
    assert refusal(packed, {"imsmanifest.xml": b"<manifest/>"}) == ACCEPTED


def test_a_course_xml_that_is_no_course_is_refused(packed):
    assert refusal(packed, {"course/course.xml": b"<recipe/>"}) == ACCEPTED


@pytest.mark.parametrize("name", ["course.xml", "course/run1.xml", "chapter/leaf.xml"])
def test_a_structure_that_is_not_well_formed_is_refused(packed, name):
    sentence = refusal(packed, the_tea_course(**{name: "<course><chapter>"}))
    assert sentence == f"“{name}” is not well-formed XML. The course cannot be read without it."


def test_a_pointer_to_no_course_is_refused(packed):
    sentence = refusal(packed, the_tea_course(**{"course/run1.xml": None}))
    assert sentence == "The course points to course/run1.xml, which is not there."


def test_a_course_without_chapters_is_refused(packed):
    empty = the_tea_course(**{"course/run1.xml": "<course display_name='Empty'/>"})
    assert "no chapters" in refusal(packed, empty)


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"course.xml": "<recipe/>"}, "no_course"),
        ({"course.xml": None, "library.xml": "<library/>"}, "library"),
        ({"course/run1.xml": None}, "course_file_missing"),
        ({"course/run1.xml": "<course/>"}, "no_chapters"),
        ({"chapter/leaf.xml": "<chapter>"}, "structure_unreadable"),
        ({"course.xml": "<!DOCTYPE course><course/>"}, "document_type_declared"),
    ],
)
def test_each_refusal_has_a_code_of_its_own(packed, changed, code):
    with pytest.raises(ImportRefused) as caught:
        read_files(packed, the_tea_course(**changed))
    assert caught.value.code == code


EXTERNAL = '<!DOCTYPE x [<!ENTITY secret SYSTEM "file:///etc/passwd">]>'
LAUGHS = "<!DOCTYPE x [" + "".join(
    f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "ha"}">' for n in range(9)
)


@pytest.mark.parametrize(
    "attack",
    [
        f"{EXTERNAL}<html display_name='x'>&secret;</html>",
        f"{LAUGHS}]><html display_name='x'>&l8;</html>",
        '<!DOCTYPE html SYSTEM "https://evil.example/x.dtd"><html display_name="x"/>',
    ],
)
@pytest.mark.parametrize("name", ["course.xml", "html/intro.xml"])
def test_document_types_and_entities_are_refused_wherever_they_stand(packed, attack, name):
    sentence = refusal(packed, the_tea_course(**{name: attack}))
    assert sentence == f"“{name}” declares a document type or entities, which is refused."


def test_xml_nested_too_deeply_is_refused(packed):
    deep = "<course>" * 5_000 + "</course>" * 5_000
    sentence = refusal(packed, the_tea_course(**{"course/run1.xml": deep}))
    assert "nested too deeply" in sentence


def test_a_course_of_endless_parts_is_refused(packed, monkeypatch):
    monkeypatch.setattr("courses.exchange.formats.olx.nodes.MAX_PARTS", 20)
    assert refusal(packed, the_tea_course()) == "This course has more than 20 parts."


def test_text_that_is_named_again_and_again_is_refused(packed, monkeypatch):
    monkeypatch.setattr("courses.exchange.formats.olx.components.MAX_ALL_TEXT", 1024)
    again = "".join(f'<html url_name="h{n}" filename="intro" editor="raw"/>' for n in range(9))
    files = the_tea_course(**{"vertical/oddments.xml": f"<vertical>{again}</vertical>"})
    assert refusal(packed, files) == "This course holds more than 1\u00a0kB of text."


def test_what_no_database_can_hold_leaves_the_text(read):
    policy = '{"course/run1": {"display_name": "Tea\\u0000 \\ud83c time"}}'
    assert read(**{"policies/run1/policy.json": policy}).title == "Tea  time"


@pytest.mark.parametrize(
    "policy", ["{", "[]", "null", "1e999", "[" * 100_000, '{"course/run1": 3}']
)
def test_a_policy_that_makes_no_sense_is_passed_over(read, policy):
    assert read(**{"policies/run1/policy.json": policy}).title == "Tea, from XML"


SCRAPS = [
    b"<table>",
    b"<tr><td>",
    b"<ul><li>",
    b"\\ud800",
    b"&#0;",
    b'"',
    b"[[[",
    b"\xff",
    b"1e999",
]
SCRAPS += [b'<a href="http://[">', b"<optionresponse/>", b"<figure>", b"<solution/>", b"<label/>"]
SCRAPS += [b'<vertical url_name="six"/>', b'<conditional url_name="maybe"/>', b"\\(", b"<pre>"]


@pytest.mark.parametrize("seed", range(8))
def test_scrambled_exports_are_read_or_refused_but_never_crash(packed, seed):
    dice = random.Random(seed)
    files = the_tea_course()
    for _ in range(20):
        scrambled = dict(files)
        for name in dice.sample(sorted(files), 3):
            data = scrambled[name]
            at, until = sorted(dice.choices(range(len(data) + 1), k=2))
            kept = data[until:] if dice.random() < 0.3 else data[at:]
            scrambled[name] = data[:at] + dice.choice(SCRAPS) + kept
        try:
            course = read_files(packed, scrambled)
        except ImportRefused:
            continue
        told = Report(course).as_dict()
        assert sum(told["outcomes"].values()) == told["counts"]["components"]
