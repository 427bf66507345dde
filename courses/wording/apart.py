"""A title or a name within a plain sentence of ours."""

from django.utils.translation import get_language

from courses.words.direction import direction_of, isolated


def apart(text: object) -> str:
    """``text``, parted from the sentence around it where it runs the other way.

    For sentences that Python writes (messages, titles of pages, refusals), in the language at
    hand; in templates the filters of ``languages`` do it.
    """
    return isolated(str(text), within=direction_of(get_language() or ""))
