"""Set a page with typst, in our own fonts and no others: the same on every machine."""

import json
import tempfile
from functools import cache
from pathlib import Path
from typing import Any, Literal

import typst

from .faces import FONTS


def typeset(
    source: Path,
    *,
    data: dict[str, Any],
    pictures: dict[str, str],
    format: Literal["pdf", "png"] = "pdf",  # noqa: A002 - typst's word
    ppi: float | None = None,
) -> bytes:
    """The one page of ``source``, which reads ``data`` as ``sys.inputs.data`` and ``pictures`` by
    their names. Beside it stands ``printing.typ``, for what several pages need."""
    with tempfile.TemporaryDirectory(prefix="typesetting-") as folder:
        for name, content in pictures.items():
            (Path(folder) / name).write_text(content)
        for file in (source, SHARED):
            (Path(folder) / file.name).write_text(file.read_text())
        made = typst.compile(
            str(Path(folder) / source.name),
            root=folder,
            font_paths=_fonts(),
            ignore_system_fonts=True,
            format=format,
            ppi=ppi,
            sys_inputs={"data": json.dumps(data)},
        )
    assert isinstance(made, bytes)  # a list only of several pages
    return made


SHARED = Path(__file__).parent / "printing.typ"


@cache
def _fonts() -> typst.Fonts:
    """Read once; typst's own would be taken for what ours do not have."""
    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)]
    )
