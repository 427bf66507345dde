"""What the editor's forms post, as a browser would send it."""

from wagtail.blocks import ListBlock, RichTextBlock, StreamBlock, StructBlock
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
from wagtail.rich_text import RichText
from wagtail.test.utils.form_data import rich_text

from courses.blocks import LessonStream
from tests.media import MP4, VTT, a_document, an_image


def _flatten(block, prefix: str, value) -> dict:
    """Form fields of ``value`` in ``block``: what the blocks' own scripts would make of it."""
    if isinstance(block, StructBlock):
        fields = {}
        for name, child in block.child_blocks.items():
            fields |= _flatten(child, f"{prefix}-{name}", value.get(name, child.get_default()))
        return fields
    if isinstance(block, ListBlock):
        items = list(value or [])
        fields = {f"{prefix}-count": str(len(items))}
        for index, item in enumerate(items):
            at = f"{prefix}-{index}"
            fields |= {f"{at}-deleted": "", f"{at}-order": str(index), f"{at}-id": ""}
            fields |= _flatten(block.child_block, f"{at}-value", item)
        return fields
    if isinstance(block, StreamBlock):
        return posted_stream(block, prefix, value)
    if isinstance(block, TypedTableBlock):
        return _flatten_table(block, prefix, value)
    if isinstance(block, RichTextBlock):
        if isinstance(value, RichText):
            value = value.source
        # What begins with a brace is what the text editor itself posts.
        if not str(value).startswith("{"):
            value = rich_text(value or "<p></p>", features=block.features)
        return {prefix: value}
    if value is True:
        return {prefix: "on"}
    if value is False:
        return {}
    return {prefix: "" if value is None else str(value)}


def _flatten_table(block: TypedTableBlock, prefix: str, value) -> dict:
    """``value`` as {"columns": [(type, heading)], "rows": [[cell]], "caption"}."""
    columns, rows = value["columns"], value["rows"]
    fields = {
        f"{prefix}-caption": value["caption"],
        f"{prefix}-column-count": str(len(columns)),
        f"{prefix}-row-count": str(len(rows)),
    }
    for number, (kind, heading) in enumerate(columns):
        at = f"{prefix}-column-{number}"
        fields |= {f"{at}-type": kind, f"{at}-heading": heading}
        fields |= {f"{at}-order": str(number), f"{at}-deleted": ""}
    for number, row in enumerate(rows):
        fields |= {
            f"{prefix}-row-{number}-order": str(number),
            f"{prefix}-row-{number}-deleted": "",
        }
        for place, cell in enumerate(row):
            child = block.child_blocks[columns[place][0]]
            fields |= _flatten(child, f"{prefix}-cell-{number}-{place}", cell)
    return fields


def posted_stream(stream: StreamBlock, prefix: str, blocks: list) -> dict:
    fields = {f"{prefix}-count": str(len(blocks))}
    for index, (block_type, value) in enumerate(blocks):
        at = f"{prefix}-{index}"
        fields |= {
            f"{at}-deleted": "",
            f"{at}-order": str(index),
            f"{at}-type": block_type,
            f"{at}-id": "",
        }
        fields |= _flatten(stream.child_blocks[block_type], f"{at}-value", value)
    return fields


def posted_blocks(blocks: list) -> dict:
    """Fields of a lesson's body: a list of (block type, value)."""
    return posted_stream(LessonStream(), "body", blocks)


def lesson_post(lesson, blocks: list, **fields) -> dict:
    return {
        "title": lesson.title,
        "minutes": "",
        "pass_mark": "70",
        **posted_blocks(blocks),
        **fields,
    }


def course_post(course, **fields) -> dict:
    """A course as its form shows it, with ``fields`` changed."""
    draft = course.get_latest_revision_as_object()
    data = {
        "title": draft.title,
        "slug": draft.slug,
        "subtitle": draft.subtitle,
        "description": rich_text(draft.description or "<p></p>"),
        "category": draft.category_id or "",
        "tags": "",
        "thumbnail": draft.thumbnail_id or "",
        "structure_type": draft.structure_type,
        "level": draft.level,
        "language": draft.language,
        "price": str(draft.price),
        "currency": draft.currency,
    }
    for name in ("what_you_will_learn", "requirements"):
        field = draft._meta.get_field(name)
        items = [("item", block.value) for block in getattr(draft, name)]
        data |= posted_stream(field.stream_block, name, items)
    return data | fields


SIZES = {
    "columns": [("text", "Size"), ("number", "Waist")],
    "rows": [["<p>Small</p>", "24"], ["<p>Large</p>", "32"]],
    "caption": "Waists in inches",
}


def a_whole_lesson(course, by) -> list:
    """(block type, value) of every block there is, in the course of ``by``."""
    image = an_image(title="Hem", course=course, by=by)
    pattern = a_document(title="Pattern", course=course, by=by)
    film = a_document(title="Film", course=course, by=by, name="film.mp4", content=MP4)
    words = a_document(title="Words", course=course, by=by, name="film.vtt", content=VTT)
    options = [
        {"text": "Backstitch", "correct": True, "feedback": "It holds."},
        {"text": "Basting", "correct": False, "feedback": "It is taken out again."},
    ]
    return [
        ("heading", {"text": "Before you cut", "level": "2"}),
        ("rich_text", "<p>Wash the cloth first.</p>"),
        ("quote", {"text": "Measure twice.", "source": "Every tailor"}),
        ("code", {"language": "text", "code": "k2, p2", "caption": "Ribbing"}),
        ("callout", {"kind": "tip", "title": "", "text": "<p>Wax the thread.</p>"}),
        ("image", {"image": image.pk, "alt": "A hem, turned twice", "caption": "Turned twice"}),
        (
            "video",
            {
                "title": "The seam",
                "url": "",
                "file": film.pk,
                "thumbnail": image.pk,
                "duration": 95,
                "captions": [{"language": "en", "file": words.pk}],
                "transcript": "Lay the cloth flat.",
            },
        ),
        (
            "resource",
            {
                "type": "pdf",
                "title": "The pattern",
                "description": "",
                "url": "",
                "file": pattern.pk,
            },
        ),
        (
            "downloads",
            {"heading": "For your desk", "files": [{"title": "Pattern", "file": pattern.pk}]},
        ),
        (
            "single_choice",
            {"question": "<p>Which holds?</p>", "options": options, "explanation": "<p></p>"},
        ),
        (
            "multiple_choice",
            {
                "question": "<p>Which are stitches?</p>",
                "options": options,
                "explanation": "<p></p>",
            },
        ),
        (
            "true_false",
            {
                "statement": "<p>Basting stays.</p>",
                "answer": "false",
                "feedback_true": "",
                "feedback_false": "",
                "explanation": "<p></p>",
            },
        ),
        ("formula", {"formula": r"\frac{1}{2} \times 24", "caption": "Half the waist"}),
        ("table", {"cells": SIZES, "row_heads": True}),
    ]
