"""Lists of blocks and rows of forms: what is counted was posted, and each of it is there."""

import pytest
from django.conf import settings
from django.db.models import Max
from django.urls import reverse
from wagtail.blocks import ListBlock, StreamBlock, StreamBlockValidationError, StructBlock
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
from wagtail.models import Comment, Revision

from courses.blocks import ItemStream, LessonStream
from courses.blocks.lists import (
    MOST_BLOCKS,
    MOST_IN_LESSON,
    MOST_ITEMS,
    MOST_LINES,
    CountedList,
    CountedStream,
)
from courses.blocks.tables import MOST_COLUMNS, MOST_ROWS
from courses.shapes.formsets import check_formsets
from courses.shapes.lists import check_list, posted_count
from courses.shapes.refusals import Misshapen
from tests.builders import a_course, lesson_called
from tests.courses.isolation.evidence import rows
from tests.editor import a_whole_lesson, course_post, lesson_post
from tests.people import logged_in

NO_COUNTS = ["", "²", "٣", "-1", "1.0", " 1", "1_0", "9" * 5000, "99999999", "x", "NaN"]


class Asked(dict):
    """A post that counts how often something is looked for in it."""

    def __init__(self, *args):
        super().__init__(*args)
        self.looks = 0

    def __contains__(self, key):
        self.looks += 1
        return super().__contains__(key)

    def get(self, key, default=None):
        self.looks += 1
        return super().get(key, default)


@pytest.fixture
def lesson(ada):
    return lesson_called("Cutting straight", course=a_course(by=ada))


def edit(client, page, data, **kwargs):
    return client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), data, **kwargs)


def draft_state():
    return Revision.objects.count(), Revision.objects.aggregate(last=Max("created_at"))["last"]


@pytest.mark.parametrize("count", NO_COUNTS)
def test_a_count_that_is_none_is_refused_in_words_and_saves_nothing(client, ada, lesson, count):
    before = draft_state()
    data = lesson_post(lesson, [("heading", {"text": "Before", "level": "2"})])

    response = edit(logged_in(client, ada), lesson, data | {"body-count": count})

    assert response.status_code == 400
    assert "A list in this form did not arrive whole" in response.content.decode()
    assert draft_state() == before


@pytest.mark.parametrize(
    "changed",
    [
        {"body-count": None},
        {"body-0-deleted": None},
        {"body-0-order": None},
        {"body-0-type": None},
        {"body-0-order": "²"},
        {"body-0-order": "9" * 5000},
        {"body-1-order": "0"},  # a place that is taken
        {"body-6-value-captions-count": None},
        {"body-6-value-captions-count": "99999999"},
        {"body-6-value-captions-0-order": ""},
        {"body-8-value-files-count": "²"},
        {"body-9-value-options-1-order": "0"},
        {"body-9-value-options-count": "-2"},
        {"body-0-id": "\x00"},
        {"body-0-id": "body.0"},
        {"body-0-id": "0" * 65},
        {"body-6-value-captions-0-id": "\x00"},
        {"body-8-value-files-0-id": "a\n"},
        {"body-9-value-options-1-id": "'\""},
    ],
    ids=str,
)
def test_a_lesson_whose_lists_are_not_whole_is_refused(client, ada, lesson, changed):
    course = lesson.get_parent().get_parent().specific
    data = lesson_post(lesson, a_whole_lesson(course, ada)) | changed
    data = {name: value for name, value in data.items() if value is not None}
    before = draft_state()

    response = edit(logged_in(client, ada), lesson, data)

    assert response.status_code == 400
    assert "A list in this form did not arrive whole" in response.content.decode()
    assert draft_state() == before


def test_an_empty_post_to_the_editor_is_refused(client, ada, lesson):
    before = draft_state()
    response = edit(logged_in(client, ada), lesson, {})
    assert response.status_code == 400
    assert draft_state() == before


def test_a_program_is_refused_in_json(client, ada, lesson):
    response = edit(logged_in(client, ada), lesson, {}, headers={"Accept": "application/json"})
    assert response.status_code == 400
    assert response.json()["code"] == "list_not_whole"


def test_the_lists_of_a_course_are_counted_too(client, ada, lesson):
    course = lesson.get_parent().get_parent().specific
    data = course_post(course) | {"requirements-count": "99999999"}
    before = draft_state()

    assert edit(logged_in(client, ada), course, data).status_code == 400
    assert draft_state() == before


def test_counting_looks_no_further_than_what_was_posted():
    posted = {f"body-{place}-deleted": "" for place in range(50)}
    for count in ("50", "51", "99999999"):
        data = Asked(posted | {"body-count": count})
        if count == "50":
            assert posted_count(data, "body") == 50
        else:
            with pytest.raises(Misshapen):
                posted_count(data, "body")
        assert data.looks <= len(posted) + 2


def test_a_list_is_put_in_order_by_places_that_differ_among_what_stays():
    items = {"l-count": "3"}
    for place, (deleted, order) in enumerate([("", "1"), ("1", "1"), ("", "0")]):
        items |= {f"l-{place}-deleted": deleted, f"l-{place}-order": order}
    check_list(items, "l", typed=False)
    with pytest.raises(Misshapen):
        check_list(items, "l", typed=True)


# How much a list may hold


def every_block(block):
    yield block
    if isinstance(block, ListBlock):
        yield from every_block(block.child_block)
    for child in getattr(block, "child_blocks", {}).values():
        yield from every_block(child)


@pytest.mark.parametrize("stream", [LessonStream(), ItemStream()], ids=["lesson", "items"])
def test_every_list_counts_and_has_a_limit(stream):
    lists = [b for b in every_block(stream) if isinstance(b, ListBlock | StreamBlock)]
    assert all(isinstance(block, CountedList | CountedStream) for block in lists)
    assert all(block.meta.max_num for block in lists)


def most_fields(block) -> int:
    """How many fields the fullest value of a block posts, without the items of its lists."""
    if isinstance(block, StructBlock):
        return sum(most_fields(child) for child in block.child_blocks.values())
    if isinstance(block, ListBlock):
        return 1
    if isinstance(block, StreamBlock):
        counted = {name: rule["max_num"] for name, rule in block.meta.block_counts.items()}
        fields = {name: 4 + most_fields(child) for name, child in block.child_blocks.items()}
        few = sum(number * fields.pop(name) for name, number in counted.items())
        return 1 + few + (block.meta.max_num - sum(counted.values())) * max(fields.values())
    if isinstance(block, TypedTableBlock):
        return 3 + 4 * MOST_COLUMNS + 2 * MOST_ROWS + MOST_COLUMNS * MOST_ROWS
    return 1


def test_the_fullest_lesson_still_fits_into_one_form():
    beside = 1000  # the fields of the page, its comments and the button that was pressed
    lists = [block for block in every_block(LessonStream()) if isinstance(block, ListBlock)]
    items = MOST_IN_LESSON * max(3 + most_fields(block.child_block) for block in lists)
    posted = most_fields(LessonStream()) + items + beside
    assert posted <= settings.DATA_UPLOAD_MAX_NUMBER_FIELDS


@pytest.mark.parametrize(("most", "fits"), [(4, True), (3, False)])
def test_lists_together_hold_as_many_items_as_is_said_and_not_one_more(monkeypatch, most, fits):
    monkeypatch.setattr("courses.blocks.lists.MOST_IN_LESSON", most)
    options = [{"text": name, "correct": name == "Steep"} for name in ("Steep", "Flat")]
    question = {"question": "<p>How steep?</p>", "options": options}
    blocks = [{"type": "single_choice", "value": question, "id": f"q{n}"} for n in range(2)]
    block = LessonStream()

    told = []
    try:
        block.clean(block.to_python(blocks))
    except StreamBlockValidationError as error:
        told = [wrong.message for wrong in error.non_block_errors.as_data()]

    most_told = f"All lists of a lesson together hold at most {most} items; these have 4. "
    assert told == ([] if fits else [most_told + "Move some of it to another lesson."])


def test_lists_that_are_too_long_together_are_told_and_keep_what_was_written(client, ada, lesson):
    options = [{"text": f"Option {n}"} for n in range(MOST_ITEMS)]
    question = {"question": "<p>Which?</p>", "explanation": "<p></p>", "options": options}
    blocks = [("multiple_choice", question)] * (MOST_IN_LESSON // MOST_ITEMS + 1)
    before = draft_state()

    response = edit(logged_in(client, ada), lesson, lesson_post(lesson, blocks))

    page = response.content.decode()
    assert response.status_code == 200
    assert f"All lists of a lesson together hold at most {MOST_IN_LESSON} items" in page
    assert f"Option {MOST_ITEMS - 1}" in page
    assert draft_state() == before


def test_a_lesson_that_is_too_long_is_told_so_and_keeps_what_was_written(client, ada, lesson):
    blocks = [("heading", {"text": f"Part {n}", "level": "2"}) for n in range(MOST_BLOCKS + 1)]
    before = draft_state()

    response = edit(logged_in(client, ada), lesson, lesson_post(lesson, blocks))

    page = response.content.decode()
    assert response.status_code == 200
    assert f"The maximum number of items is {MOST_BLOCKS}" in page
    assert f"Part {MOST_BLOCKS}" in page
    assert draft_state() == before


def test_a_line_too_many_is_told_beside_the_list(client, ada, lesson):
    course = lesson.get_parent().get_parent().specific
    data = course_post(course, **{"requirements-count": str(MOST_LINES + 1)})
    for place in range(MOST_LINES + 1):
        at = f"requirements-{place}"
        data |= {f"{at}-deleted": "", f"{at}-order": str(place), f"{at}-type": "item"}
        data |= {f"{at}-id": "", f"{at}-value": f"Thread no. {place}"}

    response = edit(logged_in(client, ada), course, data)

    assert response.status_code == 200
    assert f"The maximum number of items is {MOST_LINES}" in response.content.decode()


# Rows of forms


@pytest.mark.parametrize("total", NO_COUNTS)
def test_a_number_of_comments_that_is_none_is_refused(client, ada, lesson, total):
    before = rows()
    data = lesson_post(lesson, [], **{"comments-TOTAL_FORMS": total, "comments-INITIAL_FORMS": "0"})

    response = edit(logged_in(client, ada), lesson, data)

    assert response.status_code == 400
    assert not Comment.objects.exists()
    assert rows() == before


@pytest.mark.parametrize(
    "posted",
    [
        {"c-TOTAL_FORMS": "1"},
        {"c-TOTAL_FORMS": "1", "c-INITIAL_FORMS": "2"},
        {"c-TOTAL_FORMS": "1", "c-INITIAL_FORMS": "1"},
        {"c-TOTAL_FORMS": "1", "c-INITIAL_FORMS": "1", "c-0-id": "zz"},
        {"c-TOTAL_FORMS": "1", "c-INITIAL_FORMS": "1", "c-0-id": "²"},
    ],
    ids=str,
)
def test_rows_that_are_not_there_are_refused(posted):
    with pytest.raises(Misshapen):
        check_formsets(posted)


@pytest.mark.parametrize("key", ["c-0-id", "c-0-page"])
def test_rows_that_name_what_they_are_pass(key):
    check_formsets({"c-TOTAL_FORMS": "2", "c-INITIAL_FORMS": "1", key: "17"})
    check_formsets({"c-TOTAL_FORMS": "1", "c-INITIAL_FORMS": "1", "c-0-id": ""})
