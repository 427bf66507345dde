"""A Word document as HTML that ``clean_html`` reads, by mammoth, and the pictures in it.

The document is looked at as any archive of a stranger's before mammoth sees it: it reads XML by
the standard library, which believes what a file declares.
"""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from .archive import open_archive
from .errors import ImportRefused
from .xml import MAX_TEXT, UnreadableXML, parse_xml

MAX_PARTS = 4 * MAX_TEXT  # bytes of all XML in it
MOST_PICTURES = 200
ENDS = {
    "image/png": "png", "image/jpeg": "jpg", "image/gif": "gif", "image/webp": "webp",
    "image/avif": "avif",
}  # fmt: skip


@dataclass
class WordText:
    """``pictures`` are bytes by the name that the HTML calls them."""

    html: str
    pictures: dict[str, bytes] = field(default_factory=dict)


def read_word(path: Path) -> WordText:
    """Raises ImportRefused with one sentence when the document cannot be read."""
    _look_at_parts(path)
    # 2 MB of memory, which few web processes ever have a use for.
    import mammoth

    pictures: dict[str, bytes] = {}

    def keep(image: Any) -> dict[str, str]:
        end = ENDS.get(image.content_type)
        if end is None or len(pictures) >= MOST_PICTURES:
            return {"src": ""}
        name = f"picture-{len(pictures) + 1}.{end}"
        with image.open() as content:
            pictures[name] = content.read()
        return {"src": name}

    try:
        with path.open("rb") as file:
            read = mammoth.convert_to_html(
                file, convert_image=mammoth.images.img_element(keep), external_file_access=False
            )
    except Exception as error:  # it has no word of its own for a broken document
        raise _broken() from error
    return WordText(read.value, pictures)


def _look_at_parts(path: Path) -> None:
    """No bomb, no link, no entities, nothing nested without end, and not too much of it."""
    with open_archive(path) as archive:
        parts = [name for name in archive.names if name.endswith((".xml", ".rels"))]
        if sum(archive.size(name) for name in parts) > MAX_PARTS:
            raise ImportRefused(
                _("This Word document is too long for one lesson."), code="too_long"
            )
        for name in parts:
            try:
                parse_xml(archive.read(name, limit=MAX_TEXT), name)
            except UnreadableXML as error:
                raise _broken() from error


def _broken() -> ImportRefused:
    return ImportRefused(
        _("This Word document cannot be read. Save it again as .docx and retry."),
        code="broken_word",
    )
