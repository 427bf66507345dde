"""The formats that are read, one row each. This file alone knows them by name."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from django.utils.functional import Promise

from .archive import Archive
from .captions import CueReader
from .errors import ImportRefused
from .formats.olx import read as olx
from .formats.olx.transcripts import TRANSCRIPTS as OLX_TRANSCRIPTS
from .neutral import ImportedCourse


@dataclass(frozen=True)
class Format:
    """How the courses of one kind of archive are read.

    `read` raises ImportRefused for an archive that it recognises but cannot make a course of.
    `missing` is one sentence for whoever brings an archive that no format recognises: what it
    would hold if it were of this one.
    """

    name: str
    recognises: Callable[[Archive], bool]
    read: Callable[[Archive], ImportedCourse]
    missing: str | Promise
    transcripts: Mapping[str, CueReader] = field(default_factory=dict)  # by suffix, its own forms


FORMATS = (
    Format(
        name="olx",
        recognises=olx.recognises,
        read=olx.read_course,
        missing=olx.NO_COURSE,
        transcripts=OLX_TRANSCRIPTS,
    ),
)


def format_of(archive: Archive) -> Format:
    """The first format that recognises the archive. Raises ImportRefused when none does."""
    for known in FORMATS:
        if known.recognises(archive):
            return known
    raise ImportRefused(" ".join(str(known.missing) for known in FORMATS), code="format_unknown")
