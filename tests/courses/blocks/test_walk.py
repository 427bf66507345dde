"""One walker over blocks: all places, in reading order, whatever form the values have."""

import pytest
from wagtail.blocks import (
    CharBlock,
    IntegerBlock,
    ListBlock,
    RichTextBlock,
    StreamBlock,
    StreamValue,
    StructBlock,
)

from courses.blocks import LessonStream
from courses.blocks.walk import children, walk, walk_stored
from courses.teams.members import create_course
from tests.media import an_image


class Step(StructBlock):
    name = CharBlock()
    notes = StreamBlock([("aside", CharBlock()), ("count", IntegerBlock())])


class Recipe(StreamBlock):
    title = CharBlock()
    steps = ListBlock(Step())
    text = RichTextBlock()


RECIPE = Recipe()
STORED = [
    {"type": "title", "value": "Bread", "id": "t"},
    {
        "type": "steps",
        "id": "s",
        "value": [
            {
                "type": "item",
                "id": "1",
                "value": {
                    "name": "Knead",
                    "notes": [
                        {"type": "aside", "value": "with both hands", "id": "a"},
                        {"type": "count", "value": 200, "id": "c"},
                    ],
                },
            },
            {"type": "item", "id": "2", "value": {"name": "Wait", "notes": []}},
        ],
    },
    {"type": "text", "value": "<p>Bake it.</p>", "id": "b"},
]
PATHS = [
    (0,),
    (1,),
    (1, 0),
    (1, 0, "name"),
    (1, 0, "notes"),
    (1, 0, "notes", 0),
    (1, 0, "notes", 1),
    (1, 1),
    (1, 1, "name"),
    (1, 1, "notes"),
    (2,),
]


def told(places) -> dict:
    """{path: value} of the places that hold nothing else."""
    return {place.path: place.value for place in places if not place.holds_others}


def test_a_stream_in_a_struct_in_a_list_is_walked_in_reading_order():
    places = list(walk(RECIPE, STORED))

    assert [place.path for place in places] == PATHS
    assert told(places) == {
        (0,): "Bread",
        (1, 0, "name"): "Knead",
        (1, 0, "notes", 0): "with both hands",
        (1, 0, "notes", 1): 200,
        (1, 1, "name"): "Wait",
        (2,): "<p>Bake it.</p>",
    }


def test_values_that_were_read_are_walked_the_same_way():
    body = RECIPE.to_python(STORED)

    places = list(walk(RECIPE, body))

    assert [place.path for place in places] == PATHS
    assert told(places)[(1, 0, "notes", 1)] == 200
    assert told(places)[(2,)].source == "<p>Bake it.</p>"


def test_a_place_knows_the_blocks_on_the_way_to_it():
    aside = next(place for place in walk(RECIPE, STORED) if place.path == (1, 0, "notes", 0))

    assert [block.name for block in aside.trail] == ["steps", "", "notes", "aside"]
    assert isinstance(aside.block, CharBlock)
    assert not aside.holds_others


@pytest.mark.parametrize("nothing", [None, []])
def test_an_empty_body_has_no_places(nothing):
    assert list(walk(RECIPE, nothing)) == []
    assert list(walk_stored(RECIPE.to_python(nothing or []))) == []


def test_fields_without_anything_stored_are_told_as_none():
    stored = [{"type": "steps", "value": [{"type": "item", "value": {"name": "Rest"}}]}]

    assert told(walk(RECIPE, stored)) == {(0, 0, "name"): "Rest"}
    assert list(children(Step(), None)) == [
        ("name", RECIPE.child_blocks["steps"].child_block.child_blocks["name"], None),
        ("notes", RECIPE.child_blocks["steps"].child_block.child_blocks["notes"], None),
    ]


def test_blocks_of_an_unknown_type_are_passed_over_and_not_counted():
    stored = [
        {"type": "carousel", "value": {"slides": []}},
        {"type": "title", "value": "Bread"},
        {
            "type": "steps",
            "value": [
                {"type": "item", "value": {"notes": [{"type": "video", "value": 1}], "name": "Mix"}}
            ],
        },
    ]

    assert told(walk(RECIPE, stored)) == {(0,): "Bread", (1, 0, "name"): "Mix"}
    assert [place.path for place in walk(RECIPE, RECIPE.to_python(stored))] == [
        (0,),
        (1,),
        (1, 0),
        (1, 0, "name"),
        (1, 0, "notes"),
    ]


def test_items_of_a_list_stored_bare_are_read_as_well():
    stored = [{"type": "steps", "value": [{"name": "Knead", "notes": []}]}]

    assert told(walk(RECIPE, stored)) == {(0, 0, "name"): "Knead"}


@pytest.mark.django_db
def test_a_body_as_stored_is_walked_without_a_query(ada, catalogue, django_assert_num_queries):
    course = create_course(producer=ada, title="Maps")
    picture = an_image(title="A map", course=course, by=ada)
    stream = LessonStream()
    stored = [{"type": "image", "value": {"image": picture.pk, "alt": "A map", "caption": ""}}]
    body = StreamValue(stream, stored, is_lazy=True)

    with django_assert_num_queries(0):
        places = list(walk_stored(body))

    assert told(places)[(0, "image")] == picture.pk
    assert told(walk(stream, body))[(0, "image")] == picture
