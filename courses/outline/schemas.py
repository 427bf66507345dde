"""What may be asked of an outline: one shape a verb, read by pydantic."""

from collections.abc import Mapping
from typing import Annotated, Any, Literal
from uuid import UUID

from django.utils.translation import gettext as _
from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    TypeAdapter,
    ValidationError,
    field_validator,
)

from courses.errors import CourseError

from .tree import OutlinePlace

MOST_PAGES = 1000
BROUGHT_WITH = ("parent", "after", "key", "seen")
PageId = Annotated[int, Field(gt=0, lt=2**31)]
Pages = Annotated[list[PageId], Field(max_length=MOST_PAGES)]
# A title is looked at by its verb, which says what is wrong with it.
Title = Annotated[str, StringConstraints(max_length=2000)]


class AskedOfOutline(BaseModel):
    """What all of them carry: a key that is sent again with the same request, and what was seen."""

    model_config = ConfigDict(extra="forbid")

    key: UUID
    seen: Annotated[int, Field(ge=0, lt=2**31)] = 0


class _AtAPlace(AskedOfOutline):
    parent: PageId
    after: PageId | None = None

    @property
    def to(self) -> OutlinePlace:
        return OutlinePlace(self.parent, self.after)


class Add(_AtAPlace):
    verb: Literal["add"]
    kind: Literal["chapter", "lesson"]
    title: Title


class Rename(AskedOfOutline):
    verb: Literal["rename"]
    page: PageId
    title: Title
    was: Title


class Move(_AtAPlace):
    verb: Literal["move"]
    pages: Pages


class Bring(_AtAPlace):
    """What comes with a file; a form sends text, and nothing for the first place."""

    @field_validator("after", mode="before")
    @classmethod
    def nothing_is_first(cls, after: Any) -> Any:
        return None if after == "" else after


class OfPages(AskedOfOutline):
    verb: Literal["duplicate", "remove", "restore", "delete"]
    pages: Pages


class Preview(AskedOfOutline):
    verb: Literal["preview"]
    pages: Pages
    on: bool


class Paste(AskedOfOutline):
    verb: Literal["paste"]
    parent: PageId
    text: Annotated[str, StringConstraints(max_length=200_000)]


class Structure(AskedOfOutline):
    verb: Literal["structure"]
    to: Literal["flat", "hierarchical"]


class Back(AskedOfOutline):
    verb: Literal["undo", "redo"]
    number: Annotated[int, Field(ge=0, lt=2**31)]


Change = Add | Rename | Move | OfPages | Preview | Paste | Structure | Back
_CHANGE: TypeAdapter[Change] = TypeAdapter(Annotated[Change, Field(discriminator="verb")])


def read_change(asked: Any) -> Change:
    """The change that the JSON value ``asked`` asks for. Raises CourseError for any other."""
    try:
        return _CHANGE.validate_python(asked)
    except ValidationError as error:
        raise _not_understood(error) from error


def read_bring(asked: Mapping[str, Any]) -> Bring:
    """Where a file goes, of what a form sent. Raises CourseError for anything else."""
    try:
        return Bring.model_validate({name: asked[name] for name in BROUGHT_WITH if name in asked})
    except ValidationError as error:
        raise _not_understood(error) from error


def _not_understood(error: ValidationError) -> CourseError:
    where = ", ".join(sorted({".".join(map(str, one["loc"])) or "?" for one in error.errors()}))
    return CourseError(
        _("This is no change of an outline that is understood here (%(where)s).")
        % {"where": where},
        code="not_understood",
    )
