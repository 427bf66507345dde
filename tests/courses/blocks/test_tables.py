"""Tables: headings for rows and columns, bounded, read by everybody who reads blocks."""

import json

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.urls import reverse
from wagtail.blocks import StreamValue
from wagtail.models import Page

from courses.blocks import LessonStream
from courses.blocks.tables import MOST_COLUMNS, MOST_ROWS, MOST_TABLES
from courses.blocks.walk import walk, walk_stored
from courses.checks.reading import check_draft
from courses.formulas.stored import formula_html
from courses.models import LessonPage
from courses.moderation.text import lines_of
from tests.builders import a_course, lesson_called
from tests.editor import SIZES, lesson_post
from tests.people import logged_in

STREAM = LessonStream()
STORED = {
    "cells": {
        "columns": [{"type": "text", "heading": "Size"}, {"type": "number", "heading": "Waist"}],
        "rows": [{"values": ["<p>Small</p>", "24"]}, {"values": ["<p>Large</p>", None]}],
        "caption": "Waists in inches",
    },
    "row_heads": True,
}


def body(*values) -> StreamValue:
    return StreamValue(STREAM, [{"type": "table", "value": value} for value in values], True)


def shown(value) -> BeautifulSoup:
    return BeautifulSoup(body(value).render_as_block(), "html.parser")


@pytest.fixture
def lesson(ada):
    return lesson_called("Cutting straight", course=a_course(by=ada))


def post(client, who, lesson, data):
    return logged_in(client, who).post(reverse("wagtailadmin_pages:edit", args=[lesson.pk]), data)


def test_a_table_names_its_rows_and_columns():
    table = shown(STORED)

    assert table.caption.text == "Waists in inches"
    assert [(th["scope"], th.text) for th in table.thead.find_all("th")] == [
        ("col", "Size"),
        ("col", "Waist"),
    ]
    assert [(th["scope"], th.text) for th in table.tbody.find_all("th")] == [
        ("row", "Small"),
        ("row", "Large"),
    ]
    assert [td.text for td in table.tbody.find_all("td")] == ["24", ""]
    box = table.find(class_="lesson-table")
    assert (box["tabindex"], box["role"], box["aria-label"]) == ("0", "region", "Waists in inches")


def test_a_table_without_headings_has_no_head_and_a_column_without_one_no_empty_heading():
    bare = {**STORED["cells"], "columns": [{"type": "text", "heading": ""}] * 2, "caption": ""}
    half = {**STORED["cells"], "columns": [{"type": "text", "heading": ""}, {"type": "number", "heading": "Waist"}]}  # fmt: skip # noqa: E501

    assert not shown({"cells": bare, "row_heads": False}).find_all(["thead", "th", "caption"])
    assert [th.text for th in shown({"cells": half, "row_heads": False}).find_all("th")] == [
        "Waist"
    ]


def test_a_table_is_walked_in_reading_order_in_either_form():
    stored = [(place.path[1:], place.value) for place in walk_stored(body(STORED))]

    assert stored[2:] == [
        (("cells", "caption"), "Waists in inches"),
        (("cells", "heading 0"), "Size"),
        (("cells", "heading 1"), "Waist"),
        (("cells", "cell 0 0"), "<p>Small</p>"),
        (("cells", "cell 0 1"), "24"),
        (("cells", "cell 1 0"), "<p>Large</p>"),
        (("cells", "cell 1 1"), None),
        (("row_heads",), True),
    ]
    read = [place.path[1:] for place in walk(STREAM, body(STORED))]
    assert read == [path for path, _value in stored]


def test_words_of_a_table_are_counted():
    assert STREAM.get_searchable_content(body(STORED))[:4] == [
        "Waists in inches",
        "Size",
        "Waist",
        "Small",
    ]


@pytest.mark.django_db
def test_a_table_is_saved_with_formulas_in_its_cells_and_told_to_who_compares(client, ada, lesson):
    cells = {**SIZES, "rows": [[f"<p>About {formula_html('x^2')}</p>", "24"]]}

    post(client, ada, lesson, lesson_post(lesson, [("table", {"cells": cells, "row_heads": True})]))

    draft = Page.objects.get(pk=lesson.pk).get_latest_revision_as_object()
    assert "<msup>" in draft.body.render_as_block()
    lines = lines_of(draft)
    assert "Table, rows and columns, caption: Waists in inches" in lines
    assert "Table, rows and columns, words: About x^2" in lines
    assert "Table, rows and columns, numbers: 24" in lines
    assert "Table, the first column names the rows: yes" in lines


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("column-count", "99999999"), ("column-count", "²"), ("column-count", None),
        ("row-count", "99999999"), ("row-count", "-1"), ("row-0-order", "1"),
        ("row-0-order", "x"), ("row-0-deleted", None), ("column-0-type", "carousel"),
        ("column-0-heading", None), ("column-1-order", "0"), ("caption", None),
        ("column-0-heading", "Size\x00"), ("caption", "Waists\x00"),
    ],
)  # fmt: skip
def test_a_table_that_did_not_arrive_whole_is_refused_and_saves_nothing(
    client, ada, lesson, name, value
):
    data = lesson_post(lesson, [("table", {"cells": SIZES, "row_heads": False})])
    key = f"body-0-value-cells-{name}"
    assert key in data
    data = {k: v for k, v in (data | {key: value}).items() if v is not None}
    before = LessonPage.objects.get(pk=lesson.pk).latest_revision_id

    response = post(client, ada, lesson, data)

    assert response.status_code == 400
    assert "A list in this form did not arrive whole" in response.content.decode()
    assert LessonPage.objects.get(pk=lesson.pk).latest_revision_id == before


@pytest.mark.django_db
def test_a_column_that_was_deleted_is_gone(client, ada, lesson):
    data = lesson_post(lesson, [("table", {"cells": SIZES, "row_heads": False})])
    at = "body-0-value-cells"
    kept = {k: v for k, v in data.items() if not k.startswith((f"{at}-column-1", f"{at}-cell-0-1", f"{at}-cell-1-1"))}  # fmt: skip # noqa: E501

    response = post(client, ada, lesson, kept | {f"{at}-column-1-deleted": "1"})

    assert response.status_code == 302
    draft = Page.objects.get(pk=lesson.pk).get_latest_revision_as_object()
    assert [column["heading"] for column in draft.body[0].value["cells"].columns] == ["Size"]


@pytest.mark.django_db
def test_a_foreign_page_in_a_cell_is_refused(client, ada, bruno, lesson):
    theirs = lesson_called("Cutting straight", course=a_course(by=bruno, title="Secret"))
    link = {
        "blocks": [
            {
                "key": "a", "type": "unstyled", "depth": 0, "text": "Look",
                "entityRanges": [{"offset": 0, "length": 4, "key": 0}],
            }
        ],
        "entityMap": {"0": {"type": "LINK", "mutability": "MUTABLE", "data": {"id": theirs.pk}}},
    }  # fmt: skip
    cells = {**SIZES, "rows": [[json.dumps(link), "24"]]}
    before = LessonPage.objects.get(pk=lesson.pk).latest_revision_id

    response = post(
        client, ada, lesson, lesson_post(lesson, [("table", {"cells": cells, "row_heads": False})])
    )

    assert "This page refers to" in response.content.decode()
    assert LessonPage.objects.get(pk=lesson.pk).latest_revision_id == before


def cells(columns: int, rows: int) -> dict:
    return {
        "columns": [{"type": "number", "heading": "n"}] * columns,
        "rows": [{"values": ["1"] * columns}] * rows,
        "caption": "",
    }


@pytest.mark.parametrize(
    ("columns", "rows"), [(MOST_COLUMNS + 1, 1), (1, MOST_ROWS + 1), (0, 0), (1, 0)]
)
def test_a_table_has_room_for_so_much(columns, rows):
    with pytest.raises(ValidationError):
        STREAM.clean(body({"cells": cells(columns, rows), "row_heads": False}))


def test_the_fullest_table_and_the_most_tables_are_accepted():
    full = {"cells": cells(MOST_COLUMNS, MOST_ROWS), "row_heads": False}
    STREAM.clean(body(full))
    STREAM.clean(body(*[{"cells": cells(1, 1), "row_heads": False}] * MOST_TABLES))

    with pytest.raises(ValidationError):
        STREAM.clean(body(*[{"cells": cells(1, 1), "row_heads": False}] * (MOST_TABLES + 1)))


@pytest.mark.django_db
def test_what_is_to_mend_in_a_table_is_told_by_row_and_column(client, ada, lesson):
    rows = [["<p>Small</p>", "24"], [f"<p>{formula_html('{')}</p>", "32"]]
    told = [
        ("table", {"cells": {**SIZES, "rows": rows}, "row_heads": False}),
        ("table", {"cells": {"columns": [], "rows": [], "caption": ""}, "row_heads": False}),
    ]
    assert post(client, ada, lesson, lesson_post(lesson, told)).status_code == 302

    course = lesson.get_parent().get_parent().specific
    problems = [str(p) for p in check_draft(course).problems if p.page_id == lesson.pk]

    assert len(problems) == 2
    assert "block 1 (Table), Rows and columns, row 2, column 1: Formula “{”" in problems[0]
    assert "block 2 (Table), Rows and columns: A table has at least one column" in problems[1]
