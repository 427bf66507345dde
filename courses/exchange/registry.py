"""The formats that are read, one row each. This file alone knows them by name."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from .archive import Archive
from .captions import CueReader
from .errors import ImportRefused
from .formats.markdown import read as markdown
from .formats.olx import kinds as olx_kinds
from .formats.olx import read as olx
from .formats.olx import roots as olx_roots
from .formats.olx.transcripts import TRANSCRIPTS as OLX_TRANSCRIPTS
from .neutral import ImportedCourse
from .strangers import what_it_is


@dataclass(frozen=True)
class Format:
    """How the courses of one kind of archive are read.

    `read` raises ImportRefused for an archive that it recognises but cannot make a course of.
    `accepted` is one sentence for whoever brings an archive that no format recognises: what an
    archive of this one is.
    """

    name: str
    recognises: Callable[[Archive], bool]
    read: Callable[[Archive], ImportedCourse]
    accepted: str | Promise
    transcripts: Mapping[str, CueReader] = field(default_factory=dict)  # by suffix, its own forms
    title: str = ""  # as its makers call it
    kinds: Mapping[str, str | Promise] = field(default_factory=dict)  # of components, in words


FORMATS = (
    Format(
        name="olx",
        recognises=olx_roots.recognises,
        read=olx.read_course,
        accepted=olx_roots.ACCEPTED,
        transcripts=OLX_TRANSCRIPTS,
        title="Open edX",
        kinds=olx_kinds.KINDS,
    ),
    Format(
        name="markdown",
        recognises=markdown.recognises,
        read=markdown.read_course,
        accepted=markdown.ACCEPTED,
        title="Markdown",
        kinds={"text": gettext_lazy("Texts")},
    ),
)


def format_of(archive: Archive) -> Format:
    """The first format that recognises the archive. Raises ImportRefused when none does, with
    what it is instead and what is accepted."""
    for known in FORMATS:
        if known.recognises(archive):
            return known
    accepted = [str(known.accepted) for known in FORMATS]
    raise ImportRefused(" ".join([what_it_is(archive), *accepted]), code="format_unknown")


def format_called(name: str) -> Format | None:
    return next((known for known in FORMATS if known.name == name), None)
