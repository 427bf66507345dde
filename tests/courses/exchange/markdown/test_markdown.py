"""Courses written in Markdown: one text, or an archive of texts."""

import pytest

from courses.exchange.archive import open_archive
from courses.exchange.build import import_course
from courses.exchange.errors import ImportRefused
from courses.exchange.registry import format_of
from courses.models import ChapterPage, CourseImage, CoursePage, LessonPage
from tests.courses.exchange.exports import as_zip
from tests.media import picture

ONE = b"""---
title: "Knots that hold"
---
Two ropes and an *evening*.

# Before we begin

## What you need

- two ropes, **3 m**
- a chair

# Knots

## The bowline

See [the site](https://knots.example/bowline) and `over`, then under.

> A knot is a promise.

```python
tie("bowline")
```

| Rope | Metres |
|------|-------:|
| hemp | 3 |
| nylon | 4 |

### Twice

1. Make a loop
2. Go *through* it

## The hitch

<script>alert(1)</script><b onclick="alert(2)">Round</b> twice.
[bad](javascript:alert(3)) [gone](gone.md) ![remote](https://pic.example/a.png)
"""


@pytest.fixture
def brought(db, catalogue, ada, packed):
    def run(data: bytes | dict, name: str = "course.md"):
        path = packed(as_zip(data) if isinstance(data, dict) else data, name)
        return import_course(path=path, producer=ada)

    return run


def lessons_of(course) -> list[LessonPage]:
    return list(LessonPage.objects.descendant_of(course).order_by("path"))


def test_headings_of_one_text_become_chapters_and_lessons(brought):
    course, _report = brought(ONE)

    chapters = ChapterPage.objects.child_of(course).order_by("path")
    assert (course.title, course.structure_type) == ("Knots that hold", "hierarchical")
    assert course.description == "<p>Two ropes and an <i>evening</i>.</p>"
    assert [page.title for page in chapters] == ["Before we begin", "Knots"]
    assert [page.title for page in lessons_of(course)] == [
        *("What you need", "The bowline", "The hitch")
    ]


def test_what_is_written_becomes_blocks(brought):
    course, _report = brought(ONE)

    needed, bowline, _hitch = lessons_of(course)
    assert needed.body.raw_data[0]["value"] == (
        "<ul><li>two ropes, <b>3 m</b></li><li>a chair</li></ul>"
    )
    kinds = [block.block_type for block in bowline.body]
    assert kinds == ["rich_text", "quote", "code", "table", "heading", "rich_text"]
    words, quote, code, table, heading, steps = (block["value"] for block in bowline.body.raw_data)
    assert '<a href="https://knots.example/bowline">the site</a>' in words
    assert "<code>over</code>" in words
    assert quote["text"] == "A knot is a promise."
    assert (code["language"], code["code"]) == ("python", 'tie("bowline")')
    assert [column["heading"] for column in table["cells"]["columns"]] == ["Rope", "Metres"]
    assert len(table["cells"]["rows"]) == 2
    assert heading["text"] == "Twice"
    assert steps == "<ol><li>Make a loop</li><li>Go <i>through</i> it</li></ol>"


def test_nothing_of_a_script_comes_in_and_the_report_says_so(brought):
    course, report = brought(ONE)

    hitch = lessons_of(course)[-1]
    stored = str(list(hitch.body.raw_data))
    assert "alert(1)" not in stored
    assert 'href="javascript' not in stored
    assert "onclick" not in stored
    assert "<b>Round</b> twice." in stored
    assert '<a href="https://pic.example/a.png">remote</a>' in stored
    *whole, last = report.as_dict()["components"]
    assert all(line["outcome"] == "imported" for line in whole)
    assert (last["outcome"], last["place"]) == ("degraded", ["Knots", "The hitch"])
    told = last["reasons"]
    assert "scripts, styles and form fields were dropped" in told
    assert "links that lead nowhere from here were taken off their words" in told
    assert "a picture kept on another site became a link" in told


def test_one_level_of_headings_makes_a_flat_course(brought):
    course, _report = brought(b"# First\n\nOne.\n\n# Second\n\nTwo.\n", "two-ropes.md")

    assert (course.title, course.structure_type) == ("Two ropes", "flat")
    assert [page.title for page in lessons_of(course)] == ["First", "Second"]


def test_a_folder_is_a_chapter_and_a_text_a_lesson(brought):
    course, report = brought(
        {
            "knots/README.md": b"# Knots that hold\n\nTwo ropes.",
            "knots/0-welcome.md": b"Hello.",
            "knots/10-end/last.md": b"# The last\n\nDone. [Back](../2-knots/1-bowline.md)",
            "knots/2-knots/1-bowline.md": b"# Bowline\n\n![A loop](../img/loop.png)",
            "knots/2-knots/2-sub/deep.md": b"Deep.",
            "knots/img/loop.png": picture(),
            "__MACOSX/knots/._0-welcome.md": b"\x00\x05",
        },
        "knots.zip",
    )

    assert course.title == "Knots that hold"
    assert "Two ropes." in course.description
    assert [page.title for page in ChapterPage.objects.child_of(course).order_by("path")] == [
        *("Knots", "End")
    ]
    lessons = {page.title: page for page in lessons_of(course)}
    assert set(lessons) == {"Welcome", "Bowline", "Deep", "The last"}
    image = CourseImage.objects.get()
    assert image.collection == course.collection
    assert lessons["Bowline"].body[0].value["image"] == image
    assert lessons["Bowline"].body[0].value["alt"] == "A loop"
    assert f'<a id="{lessons["Bowline"].pk}" linktype="page">Back</a>' in str(
        lessons["The last"].body.raw_data[0]
    )
    assert report.as_dict()["outcomes"] == {"imported": 4, "degraded": 0, "left out": 0}


@pytest.mark.parametrize(
    ("data", "name", "code"),
    [
        (b"", "empty.md", "no_lessons"),
        (b"   \n\n", "blank.md", "no_lessons"),
        (b"GIF89a" + b"\x00" * 64, "picture.md", "not_an_archive"),
        (b"plain words", "notes.txt", "not_an_archive"),
        ({"../../settings.md": b"# A"}, "a.zip", "path_leads_out"),
        ({"/etc/a.md": b"# A"}, "a.zip", "absolute_path"),
    ],
)
def test_what_is_no_course_is_refused_and_nothing_is_written(brought, data, name, code):
    with pytest.raises(ImportRefused) as caught:
        brought(data, name)

    assert caught.value.code == code
    assert not CoursePage.objects.exists()


def test_a_bomb_is_refused(brought):
    with pytest.raises(ImportRefused) as caught:
        brought({"a.md": b"# A\n" + b"a" * 60 * 1024**2}, "bomb.zip")

    assert caught.value.code == "ratio_too_high"
    assert not CoursePage.objects.exists()


def test_nesting_without_end_gives_its_words(brought):
    deep = b"<div>" * 1000 + b"core" + b"</div>" * 1000
    course, _report = brought(b"# One\n\n" + deep + b"\n\n# Two\n\n" + b"> " * 500 + b"said\n")

    assert "core" in str(list(lessons_of(course)[0].body.raw_data))


def test_an_archive_with_a_readme_beside_other_things_is_not_taken_for_markdown(packed):
    path = packed(as_zip({"README.md": b"# Hi", "imsmanifest.xml": b"<manifest/>"}), "a.zip")

    with open_archive(path) as archive, pytest.raises(ImportRefused):
        format_of(archive)
