"""How a lesson begins, told to whoever has not opened it yet."""

from wagtail.blocks import StreamValue

from courses.blocks import LessonStream
from courses.blocks.openings import opening


def test_an_opening_ends_with_a_sentence():
    long = " ".join(["A sentence of a certain length stands here."] * 20)

    (told,) = opening(_stored([("rich_text", f"<p>{long}</p>")]))

    assert 300 < len(told) <= 420
    assert told.endswith("stands here.")


def test_an_opening_is_what_was_written_together_and_asks_for_no_picture():
    # No database is there to be asked.
    blocks = [
        ("image", {"image": 987_654, "alt": "A hem", "caption": ""}),
        ("rich_text", "<p>Begin with the thread.</p>"),
        ("image", {"image": 987_654, "alt": "A hem", "caption": ""}),
        ("rich_text", "<p>Now the needle.</p>"),
    ]
    quoted = [("quote", {"text": "Measure  twice.", "source": "A tailor"}), *blocks]

    assert opening(_stored(blocks)) == ["Begin with the thread."]
    assert opening(_stored(quoted)) == ["“Measure twice.”"]
    assert opening(_stored([quoted[0], blocks[1]])) == [
        "“Measure twice.”",
        "Begin with the thread.",
    ]


def test_an_opening_keeps_together_what_was_written_together():
    body = [
        ("rich_text", "<p>It has a fixed shape:</p>"),
        ("quote", {"text": "This map lets somebody do something.", "source": ""}),
        ("rich_text", "<p>Each part takes work away.</p>"),
    ]
    scattered = [body[0], ("heading", {"text": "Later", "level": "2"}), body[2]]

    assert opening(_stored(body)) == [
        "It has a fixed shape:",
        "“This map lets somebody do something.”",
    ]
    assert opening(_stored(scattered)) == ["It has a fixed shape:"]


def _stored(blocks) -> StreamValue:
    raw = [{"type": name, "value": value} for name, value in blocks]
    return StreamValue(LessonStream(), raw, is_lazy=True)
