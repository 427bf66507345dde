"""What the page on which courses begin has to offer."""

from dataclasses import dataclass

from courses.models import CoursePage
from courses.people import Person
from courses.shapes.numbers import whole_number

OFFERED = 100


@dataclass(frozen=True)
class Original:
    """A course that may be copied, called as its latest draft is."""

    key: int
    title: str
    is_chosen: bool = False


def to_copy(person: Person, *, first: str = "") -> list[Original]:
    """The courses that they teach, the one touched last first, at most ``OFFERED``.

    ``first`` is the key of one that is chosen already. One SQL, or two with it.
    """
    taught = CoursePage.objects.taught_by(person)
    latest = taught.order_by("-latest_revision_created_at", "-pk").values_list("pk", "draft_title")
    rows = list(latest[:OFFERED])
    chosen = whole_number(first)
    if chosen is not None and chosen not in dict(rows):
        rows += latest.filter(pk=chosen)
    return [Original(pk, title, pk == chosen) for pk, title in rows]
