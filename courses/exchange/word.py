"""A Word document as HTML that ``clean_html`` reads, by mammoth, and the pictures in it.

The document is looked at as any archive of a stranger's before mammoth sees it: it reads XML by
the standard library, which believes what a file declares. What it makes of the rest is its own
affair: it works in a process of its own, within bounds (``word_alone``).
"""

import os
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from django.utils.translation import gettext as _

from .archive import open_archive
from .errors import ImportRefused
from .word_alone import TOO_MUCH
from .xml import MAX_TEXT, UnreadableXML, parse_xml

MAX_PARTS = 4 * MAX_TEXT  # bytes of all XML in it
MAX_ELEMENTS = 200_000  # of all XML in it; each costs mammoth a kilobyte
MAX_HTML = 512 * 1024  # bytes of what it comes to
TITLE = '<h1 class="title">'
ALONE = Path(__file__).with_name("word_alone.py")
MEMORY = 1024**3  # bytes
SECONDS = 20  # of the processor; on the clock it may take twice that
NEEDED = ("LD_LIBRARY_PATH",)  # of the environment; it has no use for our secrets


@dataclass
class WordText:
    """``pictures`` are bytes by the name that the HTML calls them.

    ``is_titled`` when it begins with a line that Word itself calls the title.
    """

    html: str
    is_titled: bool = False
    pictures: dict[str, bytes] = field(default_factory=dict)


def read_word(path: Path) -> WordText:
    """Raises ImportRefused with one sentence when the document cannot be read."""
    _look_at_parts(path)
    with TemporaryDirectory() as folder:
        _convert(path, folder)
        text = Path(folder) / "text.html"
        if text.stat().st_size > MAX_HTML:
            raise _too_long()
        markup = text.read_text(encoding="utf-8")
        text.unlink()
        pictures = {file.name: file.read_bytes() for file in Path(folder).iterdir()}
        return WordText(markup, markup.startswith(TITLE), pictures)


def _convert(path: Path, folder: str) -> None:
    try:
        subprocess.run(
            [sys.executable, "-I", str(ALONE), str(path), folder, str(MEMORY), str(SECONDS)],
            check=True,
            env={name: os.environ[name] for name in NEEDED if name in os.environ},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=2 * SECONDS,
        )
    except subprocess.TimeoutExpired as error:
        raise _too_long() from error
    except subprocess.CalledProcessError as error:
        # Below zero the system ended it, for the time that it took.
        was_ended = error.returncode < 0 or error.returncode == TOO_MUCH
        raise (_too_long() if was_ended else _broken()) from error


def _look_at_parts(path: Path) -> None:
    """No bomb, no link, no entities, nothing nested without end, and not too much of it."""
    with open_archive(path) as archive:
        parts = [name for name in archive.names if name.endswith((".xml", ".rels"))]
        if sum(archive.size(name) for name in parts) > MAX_PARTS:
            raise _too_long()
        elements = 0
        for name in parts:
            try:
                root = parse_xml(archive.read(name, limit=MAX_TEXT), name)
            except UnreadableXML as error:
                raise _broken() from error
            elements += sum(1 for _element in root.iter())
            if elements > MAX_ELEMENTS:
                raise _too_long()


def _too_long() -> ImportRefused:
    return ImportRefused(_("This Word document is too long for one lesson."), code="too_long")


def _broken() -> ImportRefused:
    return ImportRefused(
        _("This Word document cannot be read. Save it again as .docx and retry."),
        code="broken_word",
    )
